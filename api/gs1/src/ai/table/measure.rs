//! Rows of the AI table: counts, weights, lengths, areas and volumes: 30 to 3695. The notation is explained in `ai::row`.
//!
//! Facts from the GS1 Barcode Syntax Dictionary (Apache-2.0, GS1 AISBL); titles are GS1's.

use super::super::row::{Row, n, n_to, row};

// One row a line, as in the source.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("30", &[n_to(8)]).attribute().with("01 02"), // VAR. COUNT
    row("3100-3105", &[n(6)]).predefined().attribute().with("01 02").without("310."), // NET WEIGHT (kg)
    row("3110-3115", &[n(6)]).predefined().attribute().with("01 02").without("311."), // LENGTH (m)
    row("3120-3125", &[n(6)]).predefined().attribute().with("01 02").without("312."), // WIDTH (m)
    row("3130-3135", &[n(6)]).predefined().attribute().with("01 02").without("313."), // HEIGHT (m)
    row("3140-3145", &[n(6)]).predefined().attribute().with("01 02").without("314."), // AREA (m²)
    row("3150-3155", &[n(6)]).predefined().attribute().with("01 02").without("315."), // NET VOLUME (l)
    row("3160-3165", &[n(6)]).predefined().attribute().with("01 02").without("316."), // NET VOLUME (m³)
    row("3200-3205", &[n(6)]).predefined().attribute().with("01 02").without("320."), // NET WEIGHT (lb)
    row("3210-3215", &[n(6)]).predefined().attribute().with("01 02").without("321."), // LENGTH (in)
    row("3220-3225", &[n(6)]).predefined().attribute().with("01 02").without("322."), // LENGTH (ft)
    row("3230-3235", &[n(6)]).predefined().attribute().with("01 02").without("323."), // LENGTH (yd)
    row("3240-3245", &[n(6)]).predefined().attribute().with("01 02").without("324."), // WIDTH (in)
    row("3250-3255", &[n(6)]).predefined().attribute().with("01 02").without("325."), // WIDTH (ft)
    row("3260-3265", &[n(6)]).predefined().attribute().with("01 02").without("326."), // WIDTH (yd)
    row("3270-3275", &[n(6)]).predefined().attribute().with("01 02").without("327."), // HEIGHT (in)
    row("3280-3285", &[n(6)]).predefined().attribute().with("01 02").without("328."), // HEIGHT (ft)
    row("3290-3295", &[n(6)]).predefined().attribute().with("01 02").without("329."), // HEIGHT (yd)
    row("3300-3305", &[n(6)]).predefined().attribute().with("00 01").without("330."), // GROSS WEIGHT (kg)
    row("3310-3315", &[n(6)]).predefined().attribute().with("00 01").without("331."), // LENGTH (m), log
    row("3320-3325", &[n(6)]).predefined().attribute().with("00 01").without("332."), // WIDTH (m), log
    row("3330-3335", &[n(6)]).predefined().attribute().with("00 01").without("333."), // HEIGHT (m), log
    row("3340-3345", &[n(6)]).predefined().attribute().with("00 01").without("334."), // AREA (m²), log
    row("3350-3355", &[n(6)]).predefined().attribute().with("00 01").without("335."), // VOLUME (l), log
    row("3360-3365", &[n(6)]).predefined().attribute().with("00 01").without("336."), // VOLUME (m³), log
    row("3370-3375", &[n(6)]).predefined().attribute().with("01").without("337."), // KG PER m²
    row("3400-3405", &[n(6)]).predefined().attribute().with("00 01").without("340."), // GROSS WEIGHT (lb)
    row("3410-3415", &[n(6)]).predefined().attribute().with("00 01").without("341."), // LENGTH (in), log
    row("3420-3425", &[n(6)]).predefined().attribute().with("00 01").without("342."), // LENGTH (ft), log
    row("3430-3435", &[n(6)]).predefined().attribute().with("00 01").without("343."), // LENGTH (yd), log
    row("3440-3445", &[n(6)]).predefined().attribute().with("00 01").without("344."), // WIDTH (in), log
    row("3450-3455", &[n(6)]).predefined().attribute().with("00 01").without("345."), // WIDTH (ft), log
    row("3460-3465", &[n(6)]).predefined().attribute().with("00 01").without("346."), // WIDTH (yd), log
    row("3470-3475", &[n(6)]).predefined().attribute().with("00 01").without("347."), // HEIGHT (in), log
    row("3480-3485", &[n(6)]).predefined().attribute().with("00 01").without("348."), // HEIGHT (ft), log
    row("3490-3495", &[n(6)]).predefined().attribute().with("00 01").without("349."), // HEIGHT (yd), log
    row("3500-3505", &[n(6)]).predefined().attribute().with("01 02").without("350."), // AREA (in²)
    row("3510-3515", &[n(6)]).predefined().attribute().with("01 02").without("351."), // AREA (ft²)
    row("3520-3525", &[n(6)]).predefined().attribute().with("01 02").without("352."), // AREA (yd²)
    row("3530-3535", &[n(6)]).predefined().attribute().with("00 01").without("353."), // AREA (in²), log
    row("3540-3545", &[n(6)]).predefined().attribute().with("00 01").without("354."), // AREA (ft²), log
    row("3550-3555", &[n(6)]).predefined().attribute().with("00 01").without("355."), // AREA (yd²), log
    row("3560-3565", &[n(6)]).predefined().attribute().with("01 02").without("356."), // NET WEIGHT (tr oz)
    row("3570-3575", &[n(6)]).predefined().attribute().with("01 02").without("357."), // NET VOLUME (oz)
    row("3600-3605", &[n(6)]).predefined().attribute().with("01 02").without("360."), // NET VOLUME (qt (US))
    row("3610-3615", &[n(6)]).predefined().attribute().with("01 02").without("361."), // NET VOLUME (gal.)
    row("3620-3625", &[n(6)]).predefined().attribute().with("00 01").without("362."), // VOLUME (qt (US)), log
    row("3630-3635", &[n(6)]).predefined().attribute().with("00 01").without("363."), // VOLUME (gal (US)), log
    row("3640-3645", &[n(6)]).predefined().attribute().with("01 02").without("364."), // NET VOLUME (in³)
    row("3650-3655", &[n(6)]).predefined().attribute().with("01 02").without("365."), // NET VOLUME (ft³)
    row("3660-3665", &[n(6)]).predefined().attribute().with("01 02").without("366."), // NET VOLUME (yd³)
    row("3670-3675", &[n(6)]).predefined().attribute().with("00 01").without("367."), // VOLUME (in³), log
    row("3680-3685", &[n(6)]).predefined().attribute().with("00 01").without("368."), // VOLUME (ft³), log
    row("3690-3695", &[n(6)]).predefined().attribute().with("00 01").without("369."), // VOLUME (yd³), log
];
