//! Event by event: HTML becomes text, pictures their description, headings get names.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::links::resolved;
use super::{Around, filled, is_block, is_block_end, text_of};

/// A page in the making.
pub(super) struct Page<'a> {
    around: &'a Around<'a>,
    pub(super) headings: Vec<(String, String)>,
    pub(super) broken: Vec<String>,
    in_heading: bool,
    /// Of the links that are open: whether each leads anywhere.
    links: Vec<bool>,
}

impl<'a> Page<'a> {
    pub(super) fn new(around: &'a Around<'a>) -> Page<'a> {
        let (headings, broken) = (Vec::new(), Vec::new());
        Page { around, headings, broken, in_heading: false, links: Vec::new() }
    }

    pub(super) fn tame<'e>(&mut self, event: Event<'e>) -> Option<Event<'e>> {
        match event {
            Event::Start(tag) => self.begin(tag).map(Event::Start),
            Event::End(tag) => self.end(tag).map(Event::End),
            Event::Text(words) => {
                let words = filled(&words, self.around).into_owned();
                self.read(&words);
                Some(text_of(words))
            }
            Event::Code(words) => {
                self.read(&words);
                Some(Event::Code(words))
            }
            // What looks like HTML is shown as it was typed.
            Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(raw)),
            Event::SoftBreak => Some(Event::SoftBreak),
            Event::HardBreak => Some(Event::HardBreak),
            Event::Rule => Some(Event::Rule),
            Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => None,
        }
    }

    /// The words of a heading are its entry in the list of contents.
    fn read(&mut self, words: &str) {
        if self.in_heading
            && let Some((_, text)) = self.headings.last_mut()
        {
            text.push_str(words);
        }
    }

    fn begin<'e>(&mut self, tag: Tag<'e>) -> Option<Tag<'e>> {
        if is_block(&tag) {
            return Some(Tag::Paragraph);
        }
        match tag {
            Tag::Heading { level, .. } => {
                self.in_heading = true;
                let id = format!("part-{}", self.headings.len() + 1);
                self.headings.push((id.clone(), String::new()));
                Some(Tag::Heading {
                    level: below_the_title(level),
                    id: Some(id.into()),
                    classes: Vec::new(),
                    attrs: Vec::new(),
                })
            }
            Tag::Link { link_type, dest_url, id, .. } => {
                let leads = resolved(&dest_url, self.around);
                self.links.push(leads.is_some());
                let Some(leads) = leads else {
                    self.broken.push(dest_url.into_string());
                    return None;
                };
                let title = CowStr::Borrowed("");
                Some(Tag::Link { link_type, dest_url: leads.into(), title, id })
            }
            Tag::Image { .. } => None,
            other => Some(other),
        }
    }

    fn end(&mut self, tag: TagEnd) -> Option<TagEnd> {
        if is_block_end(tag) {
            return Some(TagEnd::Paragraph);
        }
        match tag {
            TagEnd::Heading(level) => {
                self.in_heading = false;
                Some(TagEnd::Heading(below_the_title(level)))
            }
            TagEnd::Link => self.links.pop().unwrap_or(false).then_some(TagEnd::Link),
            TagEnd::Image => None,
            other => Some(other),
        }
    }
}

/// The page has one title; everything in the text stands below it.
fn below_the_title(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 => HeadingLevel::H2,
        HeadingLevel::H3 | HeadingLevel::H4 | HeadingLevel::H5 | HeadingLevel::H6 => {
            HeadingLevel::H3
        }
    }
}
