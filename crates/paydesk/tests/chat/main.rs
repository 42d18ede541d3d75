//! The chat over real HTTP, on one node and on two: lines that are sent again, lines that are lost
//! on their way, streams that break and go on elsewhere. Every line once, in order, at both ends.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a world that cannot be made, or an answer of the wrong shape, ends the story"
)]

mod away;
mod desk_end;
mod lines;
mod listener;
mod node;
mod offers;
mod refusals;
mod visitor;
