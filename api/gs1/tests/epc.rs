//! Promise: an EPC, as a URN or in binary, is the same thing as the GS1 key that it was made of.
//!
//! EPC Tag Data Standard 2.3, section 7 and the worked examples of annex E.

#![expect(clippy::expect_used, reason = "a test may fail")]

use gs1::epc::{Coding, from_base64url, from_hex, from_urn, to_binary, write_urn};
use gs1::{Elements, Options, Outcome, read, read_link, strict};
use rstest::rstest;

fn bracketed(elements: &Elements<'_>) -> String {
    let mut out = String::new();
    elements.write_bracketed(&mut out).expect("a string");
    out
}

/// URN, the same with AIs, the digits of the company prefix, and the bits with filter value 3.
#[rstest]
#[case::sgtin("urn:epc:id:sgtin:0614141.812345.6789", "(01)80614141123458(21)6789", 7, "3074257BF7194E4000001A85")]
#[case::sgtin_198(
    "urn:epc:id:sgtin:0614141.712345.32a%2Fb",
    "(01)70614141123451(21)32a/b",
    7,
    "3674257BF6B7A659B2C2BF1000000000000000000000000000"
)]
#[case::sscc("urn:epc:id:sscc:0614141.1234567890", "(00)106141412345678908", 7, "3174257BF4499602D2000000")]
#[case::sgln("urn:epc:id:sgln:0614141.12345.400", "(414)0614141123452(254)400", 7, "3274257BF460720000000190")]
#[case::sgln_without_extension("urn:epc:id:sgln:0614141.12345.0", "(414)0614141123452", 7, "3274257BF460720000000000")]
#[case::grai("urn:epc:id:grai:0614141.12345.400", "(8003)00614141123452400", 7, "3374257BF40C0E4000000190")]
#[case::giai("urn:epc:id:giai:0614141.5678", "(8004)06141415678", 7, "3474257BF40000000000162E")]
#[case::gsrn("urn:epc:id:gsrn:0614141.1234567890", "(8018)061414112345678902", 7, "2D74257BF4499602D2000000")]
#[case::gsrnp("urn:epc:id:gsrnp:0614141.1234567890", "(8017)061414112345678902", 7, "2E74257BF4499602D2000000")]
#[case::gdti("urn:epc:id:gdti:0614141.12345.400", "(253)0614141123452400", 7, "2C74257BF460720000000190")]
#[case::sgcn("urn:epc:id:sgcn:4012345.67890.04711", "(255)401234567890104711", 7, "3F74F4E4E612640000019907")]
#[case::cpi(
    "urn:epc:id:cpi:0614141.123456.123456789",
    "(8010)0614141123456(8011)123456789",
    7,
    "3C74257BF400F120075BCD15"
)]
#[case::itip(
    "urn:epc:id:itip:4012345.012345.01.02.981",
    "(8006)040123451234560102(21)981",
    7,
    "4074F4E4E40C0E40820000000F54"
)]
fn urns_keys_and_bits_are_one(#[case] urn: &str, #[case] ais: &str, #[case] prefix_digits: u8, #[case] hex: &str) {
    let elements = from_urn(urn).expect("a URN");
    assert_eq!(bracketed(&elements), ais);
    let mut written = String::new();
    write_urn(&elements, prefix_digits, &mut written).expect("a key with a URN");
    assert_eq!(written, urn);
    let coding = Coding::Partitioned { prefix_digits };
    let binary = to_binary(&elements, 3, coding).expect("a key with an encoding");
    assert_eq!(binary.to_string(), hex);
    assert_eq!(bracketed(&from_hex(hex.as_bytes()).expect("bits")), ais);
    let mut letters = String::new();
    binary.write_base64url(&mut letters).expect("a string");
    assert_eq!(bracketed(&from_base64url(letters.as_bytes()).expect("bits")), ais);
}

#[rstest]
#[case("urn:epc:class:lgtin:4012345.012345.998877", "(01)04012345123456(10)998877", 7)]
#[case("urn:epc:idpat:sgtin:4012345.012345.*", "(01)04012345123456", 7)]
#[case("urn:epc:idpat:grai:0614141.12345.*", "(8003)00614141123452", 7)]
#[case("urn:epc:id:pgln:952000000.001", "(417)9520000000011", 9)]
#[case("urn:epc:id:upui:1234567.098765.51qIgY)%3C%26Jp3*j7'SDB", "(01)01234567987651(235)51qIgY)<&Jp3*j7'SDB", 7)]
#[case("urn:epc:id:gsin:0614141.123456789", "(402)06141411234567890", 7)]
#[case("urn:epc:id:ginc:0614141.xyz3311cba", "(401)0614141xyz3311cba", 7)]
fn urns_without_bits(#[case] urn: &str, #[case] ais: &str, #[case] prefix_digits: u8) {
    let elements = from_urn(urn).expect("a URN");
    assert_eq!(bracketed(&elements), ais);
    let mut written = String::new();
    write_urn(&elements, prefix_digits, &mut written).expect("a key with a URN");
    assert_eq!(written, urn);
}

#[rstest]
#[case("(01)09520000010010(21)3165QFD13Z41")]
#[case("(01)09520000010010(21)12345678901234567890")]
#[case("(01)09520000010010(21)0012")]
#[case("(01)09520000010010(21)0a1b2c")]
#[case("(01)09520000010010(21)a_b-C")]
#[case("(01)09520000010010(21)A/B:?")]
#[case("(00)106141412345678908")]
#[case("(414)0614141123452(254)AB-12")]
#[case("(8003)00614141123452400")]
#[case("(8004)06141415678")]
#[case("(8004)0614141AB/c")]
#[case("(8018)061414112345678902")]
#[case("(8017)061414112345678902")]
#[case("(253)0614141123452ABC")]
#[case("(255)401234567890104711")]
#[case("(8006)040123451234560102(21)981")]
#[case("(8010)0614141AB-12(8011)123456789")]
fn the_encodings_of_tds_2_give_back_what_they_took(#[case] ais: &str) {
    let elements = strict::bracketed(ais.as_bytes(), Options::STRICT).expect("a message");
    let binary = to_binary(&elements, 1, Coding::Plus).expect("an encoding");
    let hex = binary.to_string();
    assert_eq!(bracketed(&from_hex(hex.as_bytes()).expect("bits")), ais);
    let link = format!("https://id.example.vn/eh{hex}");
    let reading = read(link.as_bytes());
    assert_eq!(bracketed(&reading.elements), ais, "{reading:?}");
    assert_eq!(reading.host, Some("id.example.vn"));
}

/// Annex E.3 of EPC Tag Data Standard 2.3: every scheme with a Digital Link.
#[rstest]
#[case::sgtin_96("3066C4409047E140075BCD15", "/01/09506000134352/21/123456789")]
#[case::sgtin_198("3666C4409047E159B2C2BF100000000000000000000000000000", "/01/09506000134352/21/32a%2Fb")]
#[case::sgtin_plus("F73795211411234538566CB0AFC4", "/01/79521141123453/21/32a%2Fb")]
#[case::dsgtin_plus("FB342CDE795211411234538566CB0AFC4", "/01/79521141123453/21/32a%2Fb?17=220630")]
#[case::sgtin_plus_host("FD3795211411234538566CB0AFC525065F1876F0D996D800", "/01/79521141123453/21/32a%2Fb")]
#[case::dsgtin_plus_host(
    "FC342CDE795211411234538566CB0AFC525065F1876F0D996D80",
    "/01/79521141123453/21/32a%2Fb?17=220630"
)]
#[case::sscc_96("311BA1B300CE0A6A83000000", "/00/095201234567891235")]
#[case::sscc_plus("F90095201234567891235", "/00/095201234567891235")]
#[case::sgln_96("3276451FD46072000000162E", "/414/9521141123454/254/5678")]
#[case::sgln_195("3976451FD46072CD9615F8800000000000000000000000000000", "/414/9521141123454/254/32a%2Fb")]
#[case::sgln_plus("F2395211411234548566CB0AFC4", "/414/9521141123454/254/32a%2Fb")]
#[case::sgln_plus_host("E9395211411234548566CB0AFC525065F1876F0D996D8000", "/414/9521141123454/254/32a%2Fb")]
#[case::grai_96("3376451FD40C0E400000162E", "/8003/095211411234545678")]
#[case::grai_170("3776451FD40C0E59B2C2BF1000000000000000000000", "/8003/0952114112345432a%2Fb")]
#[case::grai_plus("F13095211411234548566CB0AFC4", "/8003/0952114112345432a%2Fb")]
#[case::grai_plus_host("EB3095211411234548566CB0AFC525065F1876F0D996D800", "/8003/0952114112345432a%2Fb")]
#[case::giai_96("3476451FD40000000000162E", "/8004/95211415678")]
#[case::giai_202("3876451FD59B2C2BF10000000000000000000000000000000000", "/8004/952114132a%2Fb")]
#[case::giai_plus("FA3952114132E83C2BF10", "/8004/952114132a%2Fb")]
#[case::giai_plus_host("EE3952114132E83C2BF1494197C61DBC3665B600", "/8004/952114132a%2Fb")]
#[case::gsrn_96("2D76451FD4499602D2000000", "/8018/952114112345678906")]
#[case::gsrn_plus("F43952114112345678906", "/8018/952114112345678906")]
#[case::gsrn_plus_host("E7395211411234567890692832F8C3B786CCB6C0", "/8018/952114112345678906")]
#[case::gsrnp_96("2E76451FD4499602D2000000", "/8017/952114112345678906")]
#[case::gsrnp_plus("F53952114112345678906", "/8017/952114112345678906")]
#[case::gsrnp_plus_host("E8395211411234567890692832F8C3B786CCB6C0", "/8017/952114112345678906")]
#[case::gdti_96("2C76451FD46072000000162E", "/253/95211411234545678")]
#[case::gdti_174("3E76451FD7039B061438997367D0C18B266D1AB66EE0", "/253/9521141987650ABCDefgh012345678")]
#[case::gdti_plus("F6395211411234540458B8", "/253/95211411234545678")]
#[case::gdti_plus_host("EA395211411234540458BA4A0CBE30EDE1B32DB0", "/253/95211411234545678")]
#[case::cpi_96("3C76451FD400C0E680003039", "/8010/952114198765/8011/12345")]
#[case::cpi_var("3D76451FD75411DEF6B4CC00000003039000", "/8010/95211415PQ7%2FZ43/8011/12345")]
#[case::cpi_plus("F0395211415E87A145BAFB4D19A8C0E4", "/8010/95211415PQ7%2FZ43/8011/12345")]
#[case::cpi_plus_host("E6395211415E87A145BAFB4D19A8C0E64A0CBE30EDE1B32DB000", "/8010/95211415PQ7%2FZ43/8011/12345")]
#[case::sgcn_96("3F76451FD612640000019907", "/255/952114167890904711")]
#[case::sgcn_plus("F839521141678909509338", "/255/952114167890904711")]
#[case::sgcn_plus_host("EC3952114167890950933C94197C61DBC3665B60", "/255/952114167890904711")]
#[case::itip_110("4076451FD40C0E40820000000F54", "/8006/095211411234540102/21/981")]
#[case::itip_212("4176451FD40C0E4082DBDD8B36600000000000000000000000000000", "/8006/095211411234540102/21/mw133")]
#[case::itip_plus("F3309521141123454010266AE27FDF35", "/8006/095211411234540102/21/rif981")]
fn the_examples_of_the_standard(#[case] hex: &str, #[case] link: &str) {
    let path = format!("/eh{}", hex.to_ascii_lowercase());
    let reading = read_link(&path);
    let mut written = String::new();
    match &reading.outcome {
        Outcome::TradeItem(item) => item.write_canonical(&mut written).expect("a string"),
        Outcome::Key(key) => key.write_path(&mut written).expect("a string"),
        Outcome::NotProduct(not) => not.key.expect("an SSCC").write_path(&mut written).expect("a string"),
        other => panic!("{other:?}"),
    }
    assert_eq!(written, link);
}

/// GS1 Digital Link URI: Compression for EPC binary strings 1.0, section 4.2.
#[rstest]
#[case("https://example.com/eh30164596f40c0e5cbe991a83")]
#[case("https://example.com/exMBZFlvQMDly-mRqD")]
fn the_compressed_links_of_the_standard(#[case] link: &str) {
    let Outcome::TradeItem(item) = read(link.as_bytes()).outcome else {
        panic!("{link}");
    };
    let mut path = String::new();
    item.write_path(&mut path).expect("a string");
    assert_eq!(path, "/01/09528765123457/21/123456789123");
}

#[test]
fn a_tag_in_a_path_is_its_trade_item() {
    let Outcome::TradeItem(item) = read_link("/eh3074257BF7194E4000001A85").outcome else {
        panic!("no trade item");
    };
    let mut path = String::new();
    item.write_path(&mut path).expect("a string");
    assert_eq!(path, "/01/80614141123458/21/6789");
}

#[test]
fn a_date_in_front_of_a_key_is_read() {
    // DSGTIN+: no more behind, filter 0, date of kind 4 (AI 17) 26-12-31, the GTIN, serial "1".
    let elements = from_hex(b"FB04359F09520000010010011").expect("bits");
    assert_eq!(bracketed(&elements), "(01)09520000010010(17)261231(21)1");
}

#[rstest]
#[case::cut_short("urn:epc:id:sgtin:0614141.812345", "epc_form")]
#[case::too_many_digits("urn:epc:id:sgtin:0614141.8123456.1", "epc_partition")]
#[case::letters_in_a_prefix("urn:epc:id:sgtin:06141AB.812345.1", "epc_form")]
#[case::no_serial("urn:epc:id:sgtin:0614141.812345.", "epc_form")]
fn a_urn_that_fails_is_malformed(#[case] urn: &str, #[case] code: &str) {
    let Outcome::Malformed(malformed) = read(urn.as_bytes()).outcome else {
        panic!("{:?}", read(urn.as_bytes()));
    };
    assert_eq!(malformed.error.code().as_str(), code);
}

#[test]
fn schemes_without_a_gs1_key_are_opaque() {
    for urn in ["urn:epc:id:gid:95100000.12345.400", "urn:epc:id:bic:CSQU3054383"] {
        assert!(matches!(read(urn.as_bytes()).outcome, Outcome::Opaque(_)));
    }
}
