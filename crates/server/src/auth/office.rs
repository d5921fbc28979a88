//! What is given to somebody at sign-in for the case that their station loses its key.

use super::Auth;
use crate::recovery::Recovery;

impl Auth {
    /// The recovery key of this server, if it has one.
    pub fn recovery(&self) -> Option<&Recovery> {
        self.inner.recovery.as_ref()
    }
}
