//! `GET /oembed`: what a content system shows for the address of one of our cards (oEmbed 1.0, oembed.com).
//!
//! Only addresses of this service are answered, so that nobody can make us frame another's page. The markup is what
//! `WordPress` lets an unknown provider use: a quotation with a link, and a frame.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use nguon_openapi::{OEmbed, OEmbedType, Section, Tone};
use nguon_view::clean;

use super::embed::shop_card;
use super::target::{Given, parameter};
use super::verify::word;
use super::{Public, caching, language};
use crate::lookup::Fields;
use crate::pages::embed::{Place, attribute, has_card};
use crate::problem::{Kind, Problem};

/// Width of the frame unless the asker has less room, in CSS pixels.
const WIDTH_PX: u32 = 600;
/// Height of the frame unless the asker has less room. A frame that may speak to its page says how tall it wants to be.
const HEIGHT_PX: u32 = 480;
/// How long an asker may keep the answer, in seconds: its frame is live, its words never more than a record's name.
const KEEP_S: u32 = 3_600;
/// Longest product name in a title, in characters.
const TITLE_CHARS: usize = 70;

/// How a card is to be shown on another site, for its address there (oEmbed).
#[utoipa::path(
    get,
    path = "/oembed",
    tag = "embed",
    operation_id = "oembed",
    params(
        ("url" = String, Query, description = "Address of a card of this service.", example = "https://id.example.vn/card/01/09520000010010/10/L01A"),
        ("format" = Option<String>, Query, description = "`json`, the only one offered.", example = "json"),
        ("maxwidth" = Option<u32>, Query, description = "Room, in CSS pixels."),
        ("maxheight" = Option<u32>, Query, description = "Room, in CSS pixels."),
        ("lang" = Option<nguon_openapi::Lang>, Query, description = "Language of the texts; else the one in `url`."),
    ),
    responses(
        (status = 200, description = "Markup with a link and a frame.", body = OEmbed),
        (status = 400, description = "bad_parameter or code_too_long.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 404, description = "not_found: no address of a card of this service, or nothing on record for it.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 429, description = "too_many_requests.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 501, description = "format_not_offered.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
        (status = 503, description = "could_not_check or registry_unavailable.", body = nguon_openapi::Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn oembed(request: HttpRequest, public: web::Data<Public>) -> Result<HttpResponse, Problem> {
    let query = request.uri().query();
    if parameter(query, "format").is_some_and(|format| *format != *b"json") {
        return Err(Kind::FormatNotOffered.into());
    }
    let width = room(query, "maxwidth")?.map_or(WIDTH_PX, |room| room.min(WIDTH_PX));
    let height = room(query, "maxheight")?.map_or(HEIGHT_PX, |room| room.min(HEIGHT_PX));
    let address = parameter(query, "url").ok_or_else(|| Problem::at(Kind::BadParameter, "url", "is missing"))?;
    let address = core::str::from_utf8(&address).map_err(|_| Kind::NotFound)?;
    let base_url = public.lookup.base_url();
    let (path, own_query) = card_path(address, base_url).ok_or(Kind::NotFound)?;
    let given = Given::within(path, own_query)?;
    let mut chosen = language::of(&request)?;
    if let (false, Some(named)) = (chosen.named, parameter(own_query, "lang")) {
        chosen = language::Chosen { lang: word(&named, "url")?, named: true };
    }
    let fields = Fields::of([Section::Product, Section::Links]);
    let (card, served) = shop_card(&request, &public, &given, chosen.lang, fields).await?;
    let place = Place::of(&card, base_url).filter(|_| has_card(&card)).ok_or(Kind::NotFound)?;

    // A warning goes into the title, praise never does. A name that makes a claim stays out of it.
    let title = match &card.product {
        _ if matches!(card.tone, Tone::Danger | Tone::Caution) => card.headline.clone(),
        Some(product) if !product.name_is_claim => clean(&product.name, TITLE_CHARS),
        _ => chosen.lang.pick("Hồ sơ nguồn gốc sản phẩm", "Product origin record").to_owned(),
    };
    let parameters = format!("lang={}", chosen.lang.as_str());
    let html = format!(
        "<blockquote><a href=\"{}\">{}</a></blockquote><iframe src=\"{}\" width=\"{width}\" height=\"{height}\" \
         title=\"{}\" frameborder=\"0\" scrolling=\"auto\" loading=\"lazy\" \
         sandbox=\"allow-scripts allow-popups allow-popups-to-escape-sandbox\"></iframe>",
        attribute(&place.address("/card", "", &parameters)),
        attribute(&title),
        attribute(&place.address("/embed", "", &parameters)),
        attribute(&title),
    );
    let answer = OEmbed {
        kind: OEmbedType::Rich,
        version: "1.0".to_owned(),
        title,
        provider_name: "Nguồn".to_owned(),
        provider_url: base_url.to_owned(),
        cache_age: KEEP_S,
        width,
        height,
        html,
    };
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CACHE_CONTROL, caching::of(&served)))
        .insert_header((header::CONTENT_LANGUAGE, chosen.lang.as_str()));
    chosen.vary(&mut response);
    Ok(response.json(answer))
}

/// Path (without the route's prefix) and query of one of our cards' addresses; `None` for any other address.
fn card_path<'a>(address: &'a str, base_url: &str) -> Option<(&'a str, Option<&'a str>)> {
    let own = address.strip_prefix(base_url)?;
    let own = own.split_once('#').map_or(own, |(own, _)| own);
    let (path, query) = own.split_once('?').map_or((own, None), |(path, query)| (path, Some(query)));
    let is_link = ["/01/", "/8006/", "/gtin/"].iter().any(|start| path.starts_with(start));
    let below = ["/card", "/embed"].iter().find_map(|prefix| path.strip_prefix(prefix));
    match below {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => Some((rest, query)),
        _ => is_link.then_some((path, query)),
    }
}

fn room(query: Option<&str>, name: &str) -> Result<Option<u32>, Problem> {
    let Some(value) = parameter(query, name) else { return Ok(None) };
    let pixels = core::str::from_utf8(&value).ok().and_then(|text| text.parse().ok()).filter(|pixels| *pixels > 0);
    pixels.map(Some).ok_or_else(|| Problem::at(Kind::BadParameter, name, "must be a number of pixels"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_our_own_cards_are_answered() {
        let path = |address| card_path(address, "https://id.example.vn");
        assert_eq!(path("https://id.example.vn/card/01/1?lang=en#x"), Some(("/01/1", Some("lang=en"))));
        assert_eq!(path("https://id.example.vn/card?code=1"), Some(("", Some("code=1"))));
        assert_eq!(path("https://id.example.vn/01/1/10/A"), Some(("/01/1/10/A", None)));
        assert_eq!(path("https://id.example.vn/embed/A"), Some(("/A", None)));
        for foreign in [
            "https://id.example.vn.evil.example/card/1",
            "https://id.example.vn@evil.example/card/1",
            "https://evil.example/https://id.example.vn/card/1",
            "http://id.example.vn/card/1",
            "https://id.example.vn/cards/1",
            "https://id.example.vn/v1/verify/1",
            "https://id.example.vn",
            "javascript:alert(1)",
            "",
        ] {
            assert_eq!(path(foreign), None, "{foreign}");
        }
    }
}
