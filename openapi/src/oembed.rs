//! How a card is shown on another site (oEmbed 1.0).

use serde::{Deserialize, Serialize};

/// What a content system shows for the address of a card. The names are oEmbed's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "utoipa", schema(example = json!({"type": "rich", "version": "1.0", "title": "Nước mắm cốt cá cơm 40 độ đạm, chai 500 ml", "provider_name": "Nguồn", "provider_url": "https://id.example.vn", "cache_age": 3600, "width": 600, "height": 480, "html": "<blockquote><a href=\"https://id.example.vn/card/01/09520000010010\">…</a></blockquote><iframe src=\"https://id.example.vn/embed/01/09520000010010\" width=\"600\" height=\"480\"></iframe>"})))]
pub struct OEmbed {
    /// Always `rich`: markup.
    #[serde(rename = "type")]
    pub kind: OEmbedType,
    /// Version of oEmbed.
    pub version: String,
    /// Name of the product; a warning in its stead where there is one.
    pub title: String,
    /// Name of this service.
    pub provider_name: String,
    /// Public origin of this service.
    pub provider_url: String,
    /// How long the answer may be kept, in seconds. What the frame shows is always of now.
    pub cache_age: u32,
    /// Width of the frame, in CSS pixels.
    pub width: u32,
    /// Height of the frame, in CSS pixels.
    pub height: u32,
    /// A quotation with a link, and a frame.
    pub html: String,
}

/// Kind of an oEmbed answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum OEmbedType {
    /// Markup.
    Rich,
}
