//! Names of things that are not sentences: stages, certificates, the ten items.

use nguon_openapi::{CertificateKind, Lang, RecordItem, Stage};

/// What a stage is called.
pub(crate) const fn stage(stage: Stage, lang: Lang) -> &'static str {
    let (vi, en) = match stage {
        Stage::Growing => ("Nuôi, trồng", "Growing"),
        Stage::Harvesting => ("Thu hoạch", "Harvest"),
        Stage::Receiving => ("Nhập nguyên liệu", "Raw material received"),
        Stage::Processing => ("Chế biến", "Processing"),
        Stage::Inspecting => ("Kiểm nghiệm", "Inspection"),
        Stage::Packing => ("Đóng gói, gán mã", "Packing and coding"),
        Stage::Storing => ("Lưu kho", "Storage"),
        Stage::Shipping => ("Vận chuyển", "Transport"),
        Stage::RetailSelling => ("Bày bán", "On sale"),
        Stage::Other => ("Công đoạn khác", "Other stage"),
    };
    lang.pick(vi, en)
}

/// What a family of certificates is called.
pub(crate) const fn certificate_kind(kind: CertificateKind, lang: Lang) -> &'static str {
    let (vi, en) = match kind {
        CertificateKind::Ocop => ("OCOP", "OCOP"),
        CertificateKind::Vietgap => ("VietGAP", "VietGAP"),
        CertificateKind::Globalgap => ("GLOBALG.A.P.", "GLOBALG.A.P."),
        CertificateKind::Organic => ("Hữu cơ", "Organic"),
        CertificateKind::Haccp => ("HACCP", "HACCP"),
        CertificateKind::Iso22000 => ("ISO 22000", "ISO 22000"),
        CertificateKind::PlantingArea => ("Mã số vùng trồng", "Planting-area code"),
        CertificateKind::GeographicalIndication => ("Chỉ dẫn địa lý", "Geographical indication"),
        CertificateKind::CertificationMark => ("Nhãn hiệu chứng nhận", "Certification mark"),
        CertificateKind::CollectiveMark => ("Nhãn hiệu tập thể", "Collective mark"),
        CertificateKind::Trademark => ("Nhãn hiệu", "Trademark"),
        CertificateKind::Other => ("Chứng nhận", "Certificate"),
    };
    lang.pick(vi, en)
}

/// What an item of the Circular is called.
pub(crate) const fn record_item(item: RecordItem, lang: Lang) -> &'static str {
    let (vi, en) = match item {
        RecordItem::Name => ("Tên sản phẩm", "Product name"),
        RecordItem::Image => ("Hình ảnh sản phẩm", "Picture"),
        RecordItem::ProducerName => ("Tên đơn vị sản xuất, kinh doanh", "Producer or trader"),
        RecordItem::Address => ("Địa chỉ", "Address"),
        RecordItem::Stages => ("Các công đoạn, địa điểm và thời gian", "Stages, places and times"),
        RecordItem::ProductionTime => ("Thời gian sản xuất, kinh doanh", "Production or trading time"),
        RecordItem::TraceabilityCode => ("Mã truy xuất nguồn gốc", "Traceability code"),
        RecordItem::Brand => ("Thương hiệu, nhãn hiệu, số sê-ri", "Brand, mark or serial"),
        RecordItem::ShelfLife => ("Thời hạn sử dụng", "Shelf life"),
        RecordItem::Standards => ("Tiêu chuẩn, quy chuẩn áp dụng", "Standards applied"),
    };
    lang.pick(vi, en)
}

#[cfg(test)]
pub(super) fn all() -> Vec<String> {
    let mut all = Vec::new();
    for lang in Lang::ALL {
        all.extend(RecordItem::ALL.map(|item| record_item(item, lang).to_owned()));
        all.extend(
            [
                Stage::Growing,
                Stage::Harvesting,
                Stage::Receiving,
                Stage::Processing,
                Stage::Inspecting,
                Stage::Packing,
                Stage::Storing,
                Stage::Shipping,
                Stage::RetailSelling,
                Stage::Other,
            ]
            .map(|s| stage(s, lang).to_owned()),
        );
        all.extend(
            [
                CertificateKind::Ocop,
                CertificateKind::Organic,
                CertificateKind::PlantingArea,
                CertificateKind::GeographicalIndication,
                CertificateKind::CertificationMark,
                CertificateKind::CollectiveMark,
                CertificateKind::Trademark,
                CertificateKind::Other,
            ]
            .map(|kind| certificate_kind(kind, lang).to_owned()),
        );
    }
    all
}
