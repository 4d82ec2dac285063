//! All integration tests in one binary: linking it is the slow part.

