//! The points that matter for interrupted work: each remote call and each durable write.
//!
//! A trace is told of every such point. The product counts nothing with it and never changes its course by it; the
//! tests count the points and kill the process at each one in turn.

use std::fmt;
use std::sync::Arc;

/// One point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Point {
    /// A request is about to be sent.
    Sending(String),
    /// The answer was read in full and nothing was done with it yet.
    Answered(String),
    /// Something is about to be written so that it outlives a power cut.
    Writing(String),
    /// It was written.
    Written(String),
}

/// Who is told of the points.
#[derive(Clone, Default)]
pub struct Trace(Option<Arc<dyn Fn(Point) + Send + Sync>>);

impl Trace {
    /// Tells `listener` of every point.
    pub fn to(listener: impl Fn(Point) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(listener)))
    }

    /// Tells of a point.
    pub fn tell(&self, point: impl FnOnce() -> Point) {
        if let Some(listener) = &self.0 {
            listener(point());
        }
    }
}

impl fmt::Debug for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() {
            "Trace(on)"
        } else {
            "Trace(off)"
        })
    }
}
