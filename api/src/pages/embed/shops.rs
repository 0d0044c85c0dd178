//! Snippets for shop systems. They take the code from the product's own field, so that one paste serves a whole shop.

use nguon_openapi::Lang;

use super::choice::Choice;
use super::snippet::{Snippet, Widget};

/// A snippet for each system.
pub(super) fn for_shops(choice: Choice, lang: Lang, widget: Widget<'_>) -> Vec<Snippet> {
    vec![
        woocommerce(choice, lang, widget),
        haravan(choice, lang, widget),
        shopify(choice, lang, widget),
        variants(lang, widget),
    ]
}

const fn link_text(lang: Lang) -> &'static str {
    lang.pick("Xem nguồn gốc", "See where it comes from")
}

fn woocommerce(choice: Choice, lang: Lang, widget: Widget<'_>) -> Snippet {
    Snippet {
        id: "woocommerce",
        title: "WooCommerce (9.2+)",
        note: lang.pick(
            "Lấy mã từ ô “GTIN, UPC, EAN hoặc ISBN” (global unique id, có từ WooCommerce 9.2). Dán vào functions.php của giao diện con. Khi khách đổi biến thể, thẻ đổi theo.",
            "Takes the code from the field “GTIN, UPC, EAN or ISBN” (global unique id, since WooCommerce 9.2). Paste into functions.php of a child theme. The card follows the variation that a customer picks.",
        ),
        text: WOOCOMMERCE
            .replace("SCRIPT", &widget.exact_script().replace("\n  ", " "))
            .replace("ATTRIBUTES", &format!("lang=\"{}\"{}", lang.as_str(), choice.attributes()))
            .replace("HOST", widget.base_url)
            .replace("LINK_TEXT", link_text(lang)),
    }
}

const WOOCOMMERCE: &str = r#"add_action( 'wp_head', function () {
	if ( is_product() ) {
		echo 'SCRIPT' . "\n";
	}
} );

add_action( 'woocommerce_single_product_summary', function () {
	global $product;
	$code = $product->get_global_unique_id();
	if ( '' === $code && ! $product->is_type( 'variable' ) ) {
		return;
	}
	$link = '' === $code ? '' : sprintf( '<a href="%s">LINK_TEXT</a>', esc_url( 'HOST/card?code=' . rawurlencode( $code ) ) );
	printf( '<origin-card code="%s" ATTRIBUTES>%s</origin-card>', esc_attr( $code ), $link );
}, 35 );

add_filter( 'woocommerce_available_variation', function ( $data, $product, $variation ) {
	$data['origin_code'] = $variation->get_global_unique_id();
	return $data;
}, 10, 3 );

add_action( 'wp_footer', function () {
	if ( ! is_product() ) {
		return;
	}
	wp_print_inline_script_tag( 'jQuery( function ( $ ) {
		const card = document.querySelector( "origin-card" );
		const own = card?.getAttribute( "code" ) ?? "";
		const show = ( code ) => {
			card?.setAttribute( "code", code );
			card?.querySelector( "a" )?.setAttribute( "href", "HOST/card?code=" + encodeURIComponent( code ) );
		};
		$( document.body )
			.on( "found_variation", ( event, variation ) => show( variation.origin_code || own ) )
			.on( "reset_data", () => show( own ) );
	} );' );
}, 99 );
"#;

fn haravan(choice: Choice, lang: Lang, widget: Widget<'_>) -> Snippet {
    Snippet {
        id: "haravan",
        title: "Haravan",
        note: lang.pick(
            "Lấy mã từ ô Barcode của phiên bản. Dán vào product.liquid, dưới giá.",
            "Takes the code from the variant's Barcode field. Paste into product.liquid, below the price.",
        ),
        text: liquid(
            choice,
            lang,
            widget,
            "product.selected_or_first_available_variant | default: product.variants.first",
        ),
    }
}

fn shopify(choice: Choice, lang: Lang, widget: Widget<'_>) -> Snippet {
    Snippet {
        id: "shopify",
        title: "Shopify",
        note: lang.pick(
            "Lấy mã từ ô Barcode của phiên bản. Thêm khối Custom Liquid vào trang sản phẩm rồi dán.",
            "Takes the code from the variant's Barcode field. Add a Custom Liquid block to the product page and paste.",
        ),
        text: liquid(choice, lang, widget, "product.selected_or_first_available_variant"),
    }
}

fn liquid(choice: Choice, lang: Lang, widget: Widget<'_>, variant: &str) -> String {
    format!(
        "{{%- assign origin_variant = {variant} -%}}\n{{%- assign origin_code = origin_variant.barcode -%}}\n{{%- if origin_code != blank -%}}\n{}\n<origin-card code=\"{{{{ origin_code | escape }}}}\" lang=\"{}\"{}>\n  <a href=\"{}/card?code={{{{ origin_code | url_encode }}}}\">{}</a>\n</origin-card>\n{{%- endif -%}}\n",
        widget.exact_script(),
        lang.as_str(),
        choice.attributes(),
        widget.base_url,
        link_text(lang),
    )
}

fn variants(lang: Lang, widget: Widget<'_>) -> Snippet {
    Snippet {
        id: "variants",
        title: lang.pick("Đổi biến thể (Shopify, Haravan)", "Variant switch (Shopify, Haravan)"),
        note: lang.pick(
            "Đặt ngay sau đoạn trên. Khi khách chọn phiên bản khác, thẻ lấy mã của phiên bản đó; yêu cầu cũ được bỏ.",
            "Put it right after the snippet above. When a customer picks another variant, the card takes its code; the older request is dropped.",
        ),
        text: VARIANTS.replace("HOST", widget.base_url),
    }
}

const VARIANTS: &str = r#"<script type="application/json" id="origin-codes">
{ {%- for variant in product.variants -%}
  "{{ variant.id }}": {{ variant.barcode | default: '' | json }}{% unless forloop.last %},{% endunless %}
{%- endfor -%} }
</script>
<script>
  {
    const card = document.querySelector('origin-card');
    const codes = JSON.parse(document.getElementById('origin-codes').textContent);
    const follow = () => {
      const id = document.querySelector('form[action*="/cart/add"] [name="id"]')?.value;
      const code = codes[id] ?? '';
      card?.setAttribute('code', code);
      card?.querySelector('a')?.setAttribute('href', 'HOST/card?code=' + encodeURIComponent(code));
    };
    document.addEventListener('change', () => setTimeout(follow));
  }
</script>
"#;
