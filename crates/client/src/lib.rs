//! ELMS client.
