//! The record's page.
use crate::record::Record;

pub(crate) fn html(_record: &Record) -> String {
    String::new()
}
