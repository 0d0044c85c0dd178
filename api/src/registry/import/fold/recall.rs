//! A recall: from active to closed or withdrawn, and never out of sight.
//!
//! A lot leaves a recall only by the recall being withdrawn, which stays visible. So an amendment may add lots and
//! may not drop any; what was closed may still be withdrawn; what was withdrawn stays withdrawn.

use std::sync::Arc;

use jiff::civil::Date;
use nguon_openapi::RecallStatus::{Active, Closed, Withdrawn};

use super::{Fold, Told};
use crate::registry::import::DeskError;
use crate::registry::import::recall::today;
use crate::registry::{FaultCode, Recall, RecallEntry, RecallScope};
use crate::store::{Entry, Key};

impl Fold<'_, '_> {
    pub(super) async fn recall(&mut self, recall: &Recall) -> Result<Told, DeskError> {
        let stored = self.draft.recall(&recall.id).await?;
        match &stored {
            Some(stored) if !self.author.may_act_for(&stored.publisher) => {
                return Err(DeskError::other_publisher("id", "this recall"));
            }
            Some(_) => {}
            None => self.may_recall(&recall.scope).await?,
        }
        let act = act(stored.as_deref().map(|it| &it.recall), recall, today(self.draft.now()))?;
        let same_scope = stored.as_ref().is_some_and(|it| it.recall.scope == recall.scope);
        let (derived, derived_cut) = match &stored {
            Some(stored) if same_scope => (stored.derived.clone(), stored.derived_cut),
            _ => self.derived(&recall.scope).await?,
        };
        let entry = RecallEntry {
            recall: recall.clone(),
            derived,
            derived_cut,
            publisher: stored.map_or_else(|| self.author.publisher.clone(), |it| it.publisher.clone()),
            stamp: self.draft.stamp(),
        };
        self.recalls.note(&entry);
        self.draft.set(Key::Recall(recall.id.clone()), Entry::Recall(Arc::new(entry)));
        Ok(Told::Act(act))
    }

    /// A product that is on record is recalled by its publisher or the operator; one that is not, by whoever may declare
    /// it.
    async fn may_recall(&mut self, scope: &RecallScope) -> Result<(), DeskError> {
        match self.draft.product(scope.gtin).await? {
            Some(product) if !self.author.may_act_for(&product.publisher) => {
                Err(DeskError::other_publisher("scope.gtin", &format!("the product {}", scope.gtin)))
            }
            Some(_) => Ok(()),
            None => self.must_be_numbered_here(scope.gtin, "scope.gtin"),
        }
    }
}

/// What changes, if the change is allowed.
fn act(before: Option<&Recall>, after: &Recall, today: Date) -> Result<&'static str, DeskError> {
    if after.ended.is_some_and(|ended| ended > today) {
        return Err(DeskError::refused("ended", FaultCode::State, "is still to come: end the recall on that day"));
    }
    let Some(before) = before else { return Ok("recall") };
    if !covers(&after.scope, &before.scope) {
        return Err(DeskError::refused(
            "scope",
            FaultCode::State,
            "leaves out what was recalled: withdraw this recall and issue another one",
        ));
    }
    let act = match (before.status, after.status) {
        (Active, Active) | (Closed, Closed) | (Withdrawn, Withdrawn) => "amend",
        (Active, Closed) => "close",
        (Active | Closed, Withdrawn) => "withdraw",
        (Closed | Withdrawn, Active) | (Withdrawn, Closed) => {
            return Err(DeskError::refused(
                "status",
                FaultCode::State,
                "goes back: a recall that was closed or withdrawn is issued anew, under another id",
            ));
        }
    };
    // A recall stays visible for a time after it has ended: that time begins when it ends here, and not before.
    let ended = if before.status == after.status { before.ended } else { Some(today) };
    if after.ended != ended {
        let day = ended.map_or_else(|| "none yet".to_owned(), |day| day.to_string());
        return Err(DeskError::refused(
            "ended",
            FaultCode::State,
            format!("is the day on which the recall changes state here: {day}"),
        ));
    }
    Ok(act)
}

/// Whether everything that `old` names is named by `new`.
fn covers(new: &RecallScope, old: &RecallScope) -> bool {
    new.gtin == old.gtin
        && (new.whole_product
            || (!old.whole_product
                && old.lots.iter().all(|lot| new.lots.contains(lot))
                && old
                    .serials
                    .iter()
                    .all(|old| new.serials.iter().any(|new| new.contains(&old.from) && new.contains(&old.to)))))
}
