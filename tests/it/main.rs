//! Whole journeys of the exam hall, with real processes on loopback.

mod node_partner;
