//! Crashes at the points where they could hurt most.

use super::sidecar::Sidecar;

#[tokio::test]
async fn a_crash_at_any_named_point_leaves_right_books() {
    let folder = tempfile::tempdir().unwrap();
    let mut sidecar = Sidecar::new(folder.path().to_str().unwrap());
    for point in ["before rows", "between rows", "inside a run", "inside a checkpoint", "committed"]
    {
        for nth in [1, 2, 7] {
            sidecar.crash_at(&format!("{point}:{nth}"));
            sidecar.check().await;
        }
    }
    assert!(sidecar.told.len() > 20, "the children did something");
}
