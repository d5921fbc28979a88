//! Keys without a letter, as the protocol names them.

/// Held until [`RELEASE`].
pub const CONTROL: char = '\u{e009}';
/// Held until [`RELEASE`].
pub const SHIFT: char = '\u{e008}';
/// Ends what was held.
pub const RELEASE: char = '\u{e000}';
/// From field to field.
pub const TAB: char = '\u{e004}';
/// Confirms.
pub const ENTER: char = '\u{e007}';
/// Leaves.
pub const ESCAPE: char = '\u{e00c}';
