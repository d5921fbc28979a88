//! ELMS protocol.
