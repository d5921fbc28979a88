//! Test bench of the exam hall.
