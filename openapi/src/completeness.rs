//! How much of the record that Circular 02/2024/TT-BKHCN asks for is there.

use serde::{Deserialize, Serialize};

/// n of the ten items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "utoipa",
    schema(example = json!({"present":9,"of":10,"missing":[{"item":"image","name":"Hình ảnh sản phẩm"}]}))
)]
pub struct Completeness {
    /// Items on record. An item marked "if any" counts as present when it does not apply.
    pub present: u8,
    /// Items that the Circular names.
    pub of: u8,
    /// The missing ones, in the order of the Circular.
    pub missing: Vec<MissingItem>,
}

/// One missing item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "utoipa", schema(example = json!({"item":"image","name":"Hình ảnh sản phẩm"})))]
pub struct MissingItem {
    /// Which one.
    pub item: RecordItem,
    /// Its name in the reader's language.
    pub name: String,
}

/// The ten items of Circular 02/2024/TT-BKHCN, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "utoipa", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RecordItem {
    /// 1: name of the product.
    Name,
    /// 2: picture.
    Image,
    /// 3: name of the producer or trader.
    ProducerName,
    /// 4: address.
    Address,
    /// 5: stages, with place and time.
    Stages,
    /// 6: time of production or trading.
    ProductionTime,
    /// 7: traceability code.
    TraceabilityCode,
    /// 8: brand, mark, model, serial, if any.
    Brand,
    /// 9: shelf life, if any.
    ShelfLife,
    /// 10: standards applied.
    Standards,
}

impl RecordItem {
    /// The ten, in the order of the Circular.
    pub const ALL: [Self; 10] = [
        Self::Name,
        Self::Image,
        Self::ProducerName,
        Self::Address,
        Self::Stages,
        Self::ProductionTime,
        Self::TraceabilityCode,
        Self::Brand,
        Self::ShelfLife,
        Self::Standards,
    ];
}
