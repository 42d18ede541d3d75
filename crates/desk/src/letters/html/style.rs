//! The `style` of an element, reduced to properties that change how text looks and fetch nothing.

/// Properties that may stay.
pub(super) const PROPERTIES: [&str; 34] = [
    "background-color",
    "border",
    "border-bottom",
    "border-collapse",
    "border-color",
    "border-left",
    "border-radius",
    "border-right",
    "border-spacing",
    "border-style",
    "border-top",
    "border-width",
    "color",
    "direction",
    "font",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "height",
    "letter-spacing",
    "line-height",
    "list-style-type",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "padding",
    "text-align",
    "text-decoration",
    "vertical-align",
    "white-space",
    "width",
];
/// The longest value that is read.
const LONGEST: usize = 200;

/// The declarations that may stay; empty if none may.
pub(super) fn keep(style: &str) -> String {
    let mut out = String::new();
    for declaration in style.split(';').take(100) {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
        if PROPERTIES.contains(&name.as_str()) && is_harmless(value) {
            if !out.is_empty() {
                out.push(';');
            }
            out.push_str(&name);
            out.push(':');
            out.push_str(value);
        }
    }
    out
}

/// A value of plain words, numbers and colours: no functions but colours, no escapes.
fn is_harmless(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let plain = |one: char| one.is_ascii_alphanumeric() || " #%.,-'!()".contains(one);
    let calls = lower.match_indices('(').all(|(at, _)| {
        ["rgb", "rgba", "hsl", "hsla"].iter().any(|name| lower[..at].ends_with(name))
    });
    !value.is_empty() && value.len() <= LONGEST && value.chars().all(plain) && calls
}

#[cfg(test)]
mod tests {
    use super::keep;

    #[test]
    fn only_what_fetches_nothing_and_hides_nothing_stays() {
        for (style, kept) in [
            ("COLOR: red; Font-Size:12pt;", "color:red;font-size:12pt"),
            ("color:rgb(1, 2, 3)", "color:rgb(1, 2, 3)"),
            ("background:url(http://x)", ""),
            ("background-color:url(x)", ""),
            ("width:expression(alert(1))", ""),
            ("color:re\\64", ""),
            ("position:fixed;top:0;display:none;opacity:0", ""),
            ("font-family:'Arial', sans-serif", "font-family:'Arial', sans-serif"),
            ("color:\"x\"", ""),
        ] {
            assert_eq!(keep(style), kept, "{style}");
        }
    }
}
