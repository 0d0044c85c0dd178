//! The card as tables of steps, in the order in which they are drawn; only `PRODUCT` and `REASONS` change places with
//! the tone.

mod batch;
mod certificates;
mod compare;
mod head;
mod producer;
mod product;
mod reasons;
mod recalls;
mod record;

pub(crate) use batch::BATCH;
pub(crate) use certificates::CERTIFICATES;
pub(crate) use compare::COMPARE;
pub(crate) use head::HEAD;
pub(crate) use producer::PRODUCER;
pub(crate) use product::PRODUCT;
pub(crate) use reasons::REASONS;
pub(crate) use recalls::RECALLS;
pub(crate) use record::RECORD;
