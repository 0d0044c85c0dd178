//! `/desk`: the publisher's pages. Thin: read the form, ask, print. Every answer is a page, also one that refuses.
//! Who comes in is told by `admin::door`, and who signs in by `admin::session`.

mod codes;
mod files;
mod guard;
mod here;
mod history;
mod home;
mod issue;
mod recalls;
mod reports;
mod sign_in;
mod submissions;

use actix_web::middleware::from_fn;
use actix_web::web;

use crate::routes::{patience, reads, slow_patience};

/// Largest form, in bytes: a thousand lots or serials, and texts of four bytes a character.
const MAX_FORM_BYTES: usize = 256 * 1024;
/// Largest form of somebody who is not known, in bytes.
const MAX_TOKEN_BYTES: usize = 4 * 1024;

/// What the pages load, for everybody. `/` leads to the desk.
pub(super) fn files(app: &mut web::ServiceConfig) {
    app.service(web::resource("/").route(reads().to(home::leave_for)))
        .service(web::resource("/assets/{file}").route(reads().to(files::asset)));
}

/// Signing in and out, and the pages for whoever has.
pub(super) fn configure(app: &mut web::ServiceConfig) {
    let form = |most| web::FormConfig::default().limit(most).error_handler(here::unreadable);
    app.service(
        web::resource("/session")
            .wrap(from_fn(patience))
            .app_data(form(MAX_TOKEN_BYTES))
            .route(reads().to(sign_in::ask))
            .route(web::post().to(sign_in::begin))
            .default_service(web::to(home::nothing_here)),
    )
    .service(
        web::resource("/session/end")
            .route(web::post().to(crate::routes::admin::session::end))
            .default_service(web::to(home::nothing_here)),
    )
    .service(
        web::scope("")
            .wrap(from_fn(guard::known))
            .app_data(form(MAX_FORM_BYTES))
            .service(web::resource("").route(reads().to(home::home)))
            .service(web::resource("/media/{hash}").route(reads().to(files::media)))
            .configure(submissions)
            .configure(recalls)
            .configure(codes_and_reports)
            .service(web::resource("/history").route(reads().to(history::history)))
            .default_service(web::to(home::nothing_here)),
    );
}

fn submissions(app: &mut web::ServiceConfig) {
    app.service(web::resource("/template.xlsx").route(reads().to(submissions::workbook)))
        .service(web::resource("/submissions").route(reads().to(submissions::list)))
        .service(
            web::resource("/submissions/new")
                .wrap(from_fn(slow_patience))
                .route(reads().to(submissions::empty))
                .route(web::post().to(submissions::upload)),
        )
        .service(web::resource("/submissions/{number}/card").route(reads().to(submissions::card)))
        .service(web::resource("/submissions/{number}/media/{hash}").route(reads().to(submissions::media)))
        .service(
            web::resource("/submissions/{number}/undo")
                .route(reads().to(submissions::before_undo))
                .route(web::post().to(submissions::undo)),
        )
        .service(
            web::resource("/submissions/{number}")
                .route(reads().to(submissions::one))
                .route(web::post().to(submissions::step)),
        );
}

fn recalls(app: &mut web::ServiceConfig) {
    app.service(web::resource("/recalls").route(reads().to(recalls::list)))
        .service(
            web::resource("/recalls/new")
                .wrap(from_fn(patience))
                .route(reads().to(recalls::empty))
                .route(web::post().to(recalls::step)),
        )
        .service(
            web::resource("/recalls/{id}/amend")
                .wrap(from_fn(patience))
                .route(reads().to(recalls::to_amend))
                .route(web::post().to(recalls::amend)),
        )
        .service(
            web::resource("/recalls/{id}")
                .wrap(from_fn(patience))
                .route(reads().to(recalls::one))
                .route(web::post().to(recalls::end)),
        );
}

fn codes_and_reports(app: &mut web::ServiceConfig) {
    app.service(
        web::resource("/codes")
            .wrap(from_fn(patience))
            .route(reads().to(codes::empty))
            .route(web::post().to(codes::step)),
    )
    .service(
        web::resource("/codes/issue")
            .wrap(from_fn(slow_patience))
            .route(reads().to(issue::empty))
            .route(web::post().to(issue::take)),
    )
    .service(web::resource("/reports").route(reads().to(reports::list)))
    .service(web::resource("/reports/{number}/photo").route(reads().to(reports::photo)))
    .service(
        web::resource("/reports/{number}")
            .wrap(from_fn(patience))
            .route(reads().to(reports::one))
            .route(web::post().to(reports::change)),
    )
    .service(web::resource("/alerts").route(reads().to(reports::alerts)));
}
