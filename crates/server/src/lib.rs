//! ELMS server.
