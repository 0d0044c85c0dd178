//! Nguon: what is this code, where does the product come from, is anything wrong with it?
//!
//! The house is described in ARCHITECTURE.md; each module says what lives in it.

pub mod checks;
pub mod clock;
pub mod commands;
pub mod config;
pub mod coverage;
mod crockford;
pub mod demo;
pub mod desk;
pub mod drawing;
pub mod explain;
pub mod limits;
pub mod lookup;
pub mod pages;
pub mod people;
mod photo;
pub mod problem;
pub mod registry;
pub mod reports;
pub mod routes;
pub mod server;
pub mod sheets;
pub mod store;
pub mod telemetry;
pub mod verify;
