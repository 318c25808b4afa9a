//! The pin list: operations on it, and replaying them on a list that changed elsewhere.
