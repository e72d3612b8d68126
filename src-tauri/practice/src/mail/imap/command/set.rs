//! Sets of message numbers and UIDs (RFC 3501 §9, `sequence-set`).

/// A set of message numbers or UIDs: ranges in rising order that do not touch. `u32::MAX` stands for `*`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Set(Vec<(u32, u32)>);

impl Set {
    pub(super) fn new(mut ranges: Vec<(u32, u32)>) -> Self {
        for range in &mut ranges {
            if range.0 > range.1 {
                *range = (range.1, range.0);
            }
        }
        ranges.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for range in ranges {
            match merged.last_mut() {
                Some(last) if range.0 <= last.1.saturating_add(1) => last.1 = last.1.max(range.1),
                _ => merged.push(range),
            }
        }
        Self(merged)
    }

    /// Whether the number is in the set; `last` is what `*` stands for.
    pub(crate) fn holds(&self, number: u32, last: u32) -> bool {
        let at = self.0.partition_point(|range| range.1 < number);
        if self.0.get(at).is_some_and(|range| range.0 <= number) {
            return true;
        }
        // "*" and "n:*" with n beyond the end mean the last message.
        number == last && self.0.last().is_some_and(|range| range.1 == u32::MAX)
    }

    /// The largest number that was written out.
    pub(crate) fn largest(&self) -> u32 {
        let written = |range: &(u32, u32)| {
            if range.1 == u32::MAX { range.0 } else { range.1 }
        };
        self.0
            .iter()
            .map(written)
            .filter(|number| *number != u32::MAX)
            .max()
            .unwrap_or(1)
    }
}
