//! A cluster: members, criteria, points, ranking, votes.

use super::year::{ClusterForm, kept_form};
use super::{Choice, ROOT, files, points_text, say_ab};
use crate::action::register_awards::note_export;
use crate::action::score_units::{
    MEASURES, ScoreError, Standing, put_points, set_criteria, set_ties, standing, take_from_contest,
};
use crate::document::ClusterList;
use crate::domain::emulation::ranking::{
    CriterionError, MAX_CRITERIA, PointsError, Sense, Ties, parse_criteria, parse_points,
};
use crate::domain::emulation::{ClusterId, CriterionId};
use crate::domain::staff::Right;
use crate::store::emulation::NewScore;
use crate::web::console::desk::{Desk, Section, Side};
use crate::web::error::WebError;
use crate::web::form::{Form, StaffForm};
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

#[derive(Template)]
#[template(path = "console/emulation-cluster.html")]
struct ClusterPage {
    f: Frame,
    c: Side,
    path: String,
    year: u16,
    title: String,
    rows: Vec<UnitLine>,
    criteria: Vec<CriterionHead>,
    provisional: bool,
    ties: Vec<Choice>,
    ties_said: String,
    criteria_typed: String,
    contests: Vec<(String, String)>,
    measures: Vec<(&'static str, String)>,
    votes: Vec<(i32, String, String)>,
    may_edit: bool,
    may_export: bool,
    scored: bool,
    form: ClusterForm,
    errors: Vec<String>,
}

struct CriterionHead {
    id: i32,
    name: String,
    most: String,
}

struct UnitLine {
    rank: String,
    code: String,
    name: String,
    role: Option<String>,
    total: String,
    cells: Vec<CellView>,
}

struct CellView {
    field: String,
    label: String,
    typed: String,
    shown: String,
    from: String,
}

/// `GET …/cum/{id}`
pub(super) async fn page(desk: Desk, Path(id): Path<i32>) -> Result<Response, WebError> {
    desk.require(Right::See)?;
    let own = find(&desk, id).await?;
    Ok(Page(view(&desk, &own, None, Vec::new()).await?).into_response())
}

/// `POST …/cum/{id}/tieu-chi`
pub(super) async fn criteria(
    desk: Desk,
    Path(id): Path<i32>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::RunRounds)?;
    let own = find(&desk, id).await?;
    let ties = Ties::parse(form.get("dong-hang")).unwrap_or_default();
    let refused = match parse_criteria(form.get("tieu-chi")) {
        Err(error) => criteria_error(&desk, &error),
        Ok(criteria) => {
            let done = set_criteria(&desk.app, desk.now(), desk.by(), &own.cluster, &criteria, ties).await;
            match done {
                Ok(()) => return Ok(back(id)),
                Err(error) => message(&desk, error)?,
            }
        }
    };
    again(&desk, &own, &form, vec![refused]).await
}

/// `POST …/cum/{id}/dong-hang`
pub(super) async fn ties(
    desk: Desk,
    Path(id): Path<i32>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::RunRounds)?;
    let own = find(&desk, id).await?;
    let ties = Ties::parse(form.get("dong-hang")).ok_or(WebError::BadForm)?;
    match set_ties(&desk.app, desk.now(), desk.by(), &own.cluster, ties).await {
        Ok(()) => Ok(back(id)),
        Err(error) => {
            let refused = message(&desk, error)?;
            again(&desk, &own, &form, vec![refused]).await
        }
    }
}

/// `POST …/cum/{id}/diem`: fields `d-{criterion}-{unit}`.
pub(super) async fn points(
    desk: Desk,
    Path(id): Path<i32>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::RunRounds)?;
    let own = find(&desk, id).await?;
    let (mut typed, mut errors) = (Vec::new(), Vec::new());
    for member in &own.cluster.definition.members {
        for (criterion, rules) in &own.criteria {
            let text = form.get(&field(*criterion, &member.code)).trim();
            if text.is_empty() {
                continue;
            }
            match parse_points(text, rules.most) {
                Ok(hundredths) => typed.push(NewScore {
                    criterion: *criterion,
                    code: member.code.clone(),
                    hundredths,
                    source: String::new(),
                }),
                Err(error) => {
                    let key = match error {
                        PointsError::NotANumber => "emulation-points-number",
                        PointsError::TooMany => "emulation-points-most",
                    };
                    let most = points_text(desk.lang(), i64::from(rules.most));
                    let place = format!("{}, {}", member.name, rules.name);
                    errors.push(say_ab(desk.lang(), key, &place, &most));
                }
            }
        }
    }
    if errors.is_empty() {
        match put_points(&desk.app, desk.now(), desk.by(), &own, typed).await {
            Ok(_) => return Ok(back(id)),
            Err(error) => errors.push(message(&desk, error)?),
        }
    }
    again(&desk, &own, &form, errors).await
}

/// `POST …/cum/{id}/lay-diem`: points from a contest.
pub(super) async fn take(
    desk: Desk,
    Path(id): Path<i32>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::RunRounds)?;
    let own = find(&desk, id).await?;
    let contest = desk.contest(form.get("cuoc-thi"))?;
    let measure = MEASURES
        .into_iter()
        .find(|measure| measure.name() == form.get("theo"));
    let criterion = form.get("tieu-chi").parse().map(CriterionId).ok();
    let (Some(measure), Some(criterion)) = (measure, criterion) else {
        return Err(WebError::BadForm);
    };
    let done = take_from_contest(
        &desk.app,
        desk.now(),
        desk.by(),
        &own,
        criterion,
        (&contest, measure),
    );
    match done.await {
        Ok(_) => Ok(back(id)),
        Err(error) => {
            let refused = message(&desk, error)?;
            again(&desk, &own, &form, vec![refused]).await
        }
    }
}

/// `POST …/cum/{id}/xuat`
pub(super) async fn export(
    desk: Desk,
    Path(id): Path<i32>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::Export)?;
    let own = find(&desk, id).await?;
    let format = files::format(form.get("format"))?;
    note_export(
        &desk.app,
        desk.now(),
        desk.by(),
        ("cluster-ranking", format.name()),
        false,
    )
    .await?;
    let as_of = format::exact(desk.lang(), desk.now());
    let list = ClusterList {
        cluster: &own.cluster,
        criteria: &own.criteria,
        scores: &own.scores,
        ranked: &own.ranked,
        as_of: &as_of,
    };
    Ok(files::send(list.list(desk.lang()), format))
}

pub(super) async fn find(desk: &Desk, id: i32) -> Result<Standing, WebError> {
    standing(&desk.app, ClusterId(id))
        .await?
        .ok_or(WebError::NotFound)
}

fn back(id: i32) -> Response {
    Redirect::to(&format!("{ROOT}/cum/{id}")).into_response()
}

fn field(criterion: CriterionId, code: &str) -> String {
    format!("d-{criterion}-{code}")
}

fn message(desk: &Desk, error: ScoreError) -> Result<String, WebError> {
    let key = match error {
        ScoreError::Scored => "emulation-criteria-scored",
        ScoreError::NotSealed => "emulation-take-not-sealed",
        ScoreError::NoUnits => "emulation-take-no-units",
        ScoreError::NoCriterion => return Err(WebError::BadForm),
        ScoreError::Failed(failure) => return Err(failure.into()),
    };
    Ok(desk.say(key, &[]))
}

fn criteria_error(desk: &Desk, error: &CriterionError) -> String {
    let (key, n) = match error {
        CriterionError::None => ("emulation-criteria-none", 0),
        CriterionError::TooMany => ("emulation-criteria-many", MAX_CRITERIA),
        CriterionError::NoPoints(line) => ("emulation-criteria-points", *line),
        CriterionError::Name(line) => ("emulation-criteria-name", *line),
        CriterionError::Twice(line) => ("emulation-criteria-twice", *line),
    };
    desk.say(key, &[("n", n.to_string().into())])
}

async fn again(desk: &Desk, own: &Standing, form: &Form, errors: Vec<String>) -> Result<Response, WebError> {
    let page = view(desk, own, Some(form), errors).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
}

async fn view(
    desk: &Desk,
    own: &Standing,
    form: Option<&Form>,
    errors: Vec<String>,
) -> Result<ClusterPage, WebError> {
    let lang = desk.lang();
    let definition = &own.cluster.definition;
    let votes = desk.app.store.list_votes(own.cluster.id).await?;
    let votes = votes.into_iter().map(|(id, title, state)| {
        let state = desk.say(&format!("emulation-state-{}", state.name()), &[]);
        (id.0, title, state)
    });
    let choice = |ties: Ties| Choice {
        name: ties.name(),
        label: desk.say(&format!("emulation-ties-{}", ties.name()), &[]),
        chosen: ties == own.cluster.ties,
    };
    let heads = own.criteria.iter().map(|(id, criterion)| CriterionHead {
        id: id.0,
        name: criterion.name.clone(),
        most: signed(lang, criterion.sense, criterion.most),
    });
    let contests = desk.app.catalog();
    let contests = contests.contests().iter().map(|contest| {
        let own = &contest.definition;
        (own.slug.clone(), own.title.clone())
    });
    let measures = MEASURES.map(|measure| {
        let label = desk.say(&format!("emulation-measure-{}", measure.name()), &[]);
        (measure.name(), label)
    });
    let typed = form
        .filter(|form| form.has("tieu-chi"))
        .map(|form| form.get("tieu-chi").to_owned());
    Ok(ClusterPage {
        f: desk.frame(),
        c: desk.side(Section::Emulation),
        path: format!("{ROOT}/cum/{}", own.cluster.id),
        year: definition.year,
        title: definition.name.clone(),
        rows: own
            .ranked
            .iter()
            .map(|one| row(desk, own, form, &one.code))
            .collect(),
        criteria: heads.collect(),
        provisional: own.ranked.iter().any(|one| one.rank.is_none()),
        ties: Ties::ALL.map(choice).into(),
        ties_said: desk.say(&format!("emulation-ties-{}", own.cluster.ties.name()), &[]),
        criteria_typed: typed.unwrap_or_else(|| criteria_text(own)),
        contests: contests.collect(),
        measures: measures.into(),
        votes: votes.collect(),
        may_edit: desk.may(Right::RunRounds),
        may_export: desk.may(Right::Export),
        scored: !own.scores.is_empty(),
        form: kept_form(desk, definition),
        errors,
    })
}

/// Most points of a criterion; of one that deducts with a minus sign.
fn signed(lang: crate::i18n::Lang, sense: Sense, most: u32) -> String {
    let most = i64::from(most);
    points_text(lang, if sense == Sense::Deducts { -most } else { most })
}

fn criteria_text(own: &Standing) -> String {
    let line = |(_, criterion): &(CriterionId, crate::domain::emulation::ranking::Criterion)| {
        let most = signed(crate::i18n::Lang::Vi, criterion.sense, criterion.most).replace('.', "");
        format!("{}; {most}", criterion.name)
    };
    own.criteria.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn row(desk: &Desk, own: &Standing, form: Option<&Form>, code: &str) -> UnitLine {
    let lang = desk.lang();
    let member = own
        .cluster
        .definition
        .members
        .iter()
        .find(|member| member.code == code);
    let name = member.map_or("", |member| member.name.as_str());
    let ranked = own.ranked.iter().find(|one| one.code == code);
    let role = member
        .map(|member| member.role.name())
        .filter(|role| *role != "member");
    let cells = own.criteria.iter().map(|(id, criterion)| {
        let score = own.scores.get(&(*id, code.to_owned()));
        let field = field(*id, code);
        let plain = score.map(|score| points_text(lang, i64::from(score.hundredths)));
        let kept = plain
            .clone()
            .unwrap_or_default()
            .replace(if lang == crate::i18n::Lang::Vi { '.' } else { ',' }, "");
        let typed = form
            .filter(|form| form.has(&field))
            .map(|form| form.get(&field).to_owned());
        CellView {
            label: format!("{name}: {}", criterion.name),
            typed: typed.unwrap_or(kept),
            shown: plain.unwrap_or_else(|| "–".to_owned()),
            from: score.map(|score| score.source.clone()).unwrap_or_default(),
            field,
        }
    });
    UnitLine {
        rank: ranked
            .and_then(|one| one.rank)
            .map_or_else(|| "–".to_owned(), |rank| rank.to_string()),
        code: code.to_owned(),
        name: name.to_owned(),
        role: role.map(|role| desk.say(&format!("emulation-role-{role}"), &[])),
        total: points_text(lang, ranked.map_or(0, |one| one.total)),
        cells: cells.collect(),
    }
}
