//! The clusters of a year: list, form for one, file for all.

use super::{AskedYear, Choice, ROOT, known_unit, say_ab};
use crate::action::load_clusters::{LoadClustersError, load_clusters};
use crate::bank::{ListFault, read_clusters, read_members};
use crate::domain::emulation::{
    ClusterDefinition, ClusterKind, MAX_NAME, Member, MemberRole, YEARS, cluster_code,
};
use crate::domain::participant::tidy;
use crate::domain::staff::Right;
use crate::store::emulation::ClusterRow;
use crate::web::console::desk::{Desk, Section, Side};
use crate::web::console::sent_file::Sent;
use crate::web::error::WebError;
use crate::web::form::{Form, StaffForm};
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Query;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};

#[derive(Template)]
#[template(path = "console/emulation-year.html")]
struct YearPage {
    f: Frame,
    c: Side,
    year: u16,
    years: Vec<u16>,
    clusters: Vec<ClusterLine>,
    may_edit: bool,
    may_register: bool,
    form: ClusterForm,
    errors: Vec<String>,
}

struct ClusterLine {
    path: String,
    code: String,
    name: String,
    kind: String,
    head: String,
    deputies: String,
    units: usize,
}

/// The form of one cluster, as typed or as kept.
pub(super) struct ClusterForm {
    pub(super) year: String,
    pub(super) code: String,
    pub(super) name: String,
    pub(super) kinds: Vec<Choice>,
    pub(super) members: String,
}

/// `GET /quan-tri/thi-dua`
pub(super) async fn page(desk: Desk, Query(asked): Query<AskedYear>) -> Result<Response, WebError> {
    desk.require(Right::See)?;
    let year = asked.or_now(&desk);
    let form = empty_form(&desk, year);
    Ok(Page(view(&desk, year, form, Vec::new()).await?).into_response())
}

/// `POST /quan-tri/thi-dua`: keeps one cluster.
pub(super) async fn save(desk: Desk, StaffForm(form): StaffForm) -> Result<Response, WebError> {
    desk.require(Right::RunRounds)?;
    let errors = match read(&desk, &form) {
        Ok(cluster) => match keep(&desk, std::slice::from_ref(&cluster)).await? {
            Ok(id) => return Ok(Redirect::to(&format!("{ROOT}/cum/{id}")).into_response()),
            Err(message) => vec![message],
        },
        Err(errors) => errors,
    };
    let year = AskedYear {
        nam: form.get("nam").trim().parse().ok(),
    }
    .or_now(&desk);
    let page = view(&desk, year, typed_form(&desk, &form), errors).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
}

/// `POST /quan-tri/thi-dua/tep`: keeps the clusters of a file.
pub(super) async fn upload(
    desk: Desk,
    headers: HeaderMap,
    multipart: Result<Multipart, MultipartRejection>,
) -> Result<Response, WebError> {
    desk.require(Right::RunRounds)?;
    let multipart = multipart.map_err(|_| WebError::BadForm)?;
    let sent = Sent::read(&desk, &headers, multipart).await?;
    let now = AskedYear::default().or_now(&desk);
    let (year, errors) = match sent.chosen() {
        None => (now, vec![desk.say("emulation-no-file", &[])]),
        Some((_, bytes)) => match read_clusters(&bytes, &|code| known_unit(&desk, code)) {
            Err(faults) => (now, said(&desk, &faults)),
            Ok(clusters) => {
                let year = clusters.iter().map(|cluster| cluster.year).max().unwrap_or(now);
                match keep(&desk, &clusters).await? {
                    Ok(_) => return Ok(Redirect::to(&format!("{ROOT}?nam={year}")).into_response()),
                    Err(message) => (year, vec![message]),
                }
            }
        },
    };
    let form = empty_form(&desk, year);
    Ok((
        StatusCode::UNPROCESSABLE_ENTITY,
        Page(view(&desk, year, form, errors).await?),
    )
        .into_response())
}

/// Keeps clusters; the number of the first, or why not in words.
async fn keep(desk: &Desk, clusters: &[ClusterDefinition]) -> Result<Result<i32, String>, WebError> {
    match load_clusters(&desk.app, desk.now(), desk.by(), clusters).await {
        Ok(ids) => Ok(Ok(ids.first().map_or(0, |id| id.0))),
        Err(LoadClustersError::Elsewhere(unit, cluster)) => {
            Ok(Err(say_ab(desk.lang(), "emulation-elsewhere", &unit, &cluster)))
        }
        Err(LoadClustersError::Failed(failure)) => Err(failure.into()),
    }
}

pub(super) fn said(desk: &Desk, faults: &[ListFault]) -> Vec<String> {
    faults.iter().map(|fault| fault.say(desk.lang())).collect()
}

/// The cluster that was typed, or every fault of it.
fn read(desk: &Desk, form: &Form) -> Result<ClusterDefinition, Vec<String>> {
    let mut errors = Vec::new();
    let year = form
        .get("nam")
        .trim()
        .parse()
        .ok()
        .filter(|year| YEARS.contains(year));
    if year.is_none() {
        errors.push(desk.say("emulation-wrong-year", &[]));
    }
    let code = cluster_code(form.get("ma"));
    if code.is_none() {
        errors.push(desk.say("emulation-wrong-code", &[]));
    }
    let name = tidy(form.get("ten"));
    if name.is_empty() || name.chars().count() > MAX_NAME {
        errors.push(desk.say("emulation-wrong-name", &[]));
    }
    let mut members = Vec::new();
    match read_members(form.get("thanh-vien"), &|code| known_unit(desk, code)) {
        Ok(read) => members = read,
        Err(faults) => errors.extend(said(desk, &faults)),
    }
    let kind = ClusterKind::parse(form.get("loai")).unwrap_or(ClusterKind::Cluster);
    match (year, code) {
        (Some(year), Some(code)) if errors.is_empty() => Ok(ClusterDefinition {
            year,
            code,
            kind,
            name,
            members,
        }),
        _ => Err(errors),
    }
}

fn kinds(desk: &Desk, chosen: ClusterKind) -> Vec<Choice> {
    let choice = |kind: ClusterKind| Choice {
        name: kind.name(),
        label: desk.say(&format!("emulation-kind-{}", kind.name()), &[]),
        chosen: kind == chosen,
    };
    ClusterKind::ALL.map(choice).into()
}

fn empty_form(desk: &Desk, year: u16) -> ClusterForm {
    ClusterForm {
        year: year.to_string(),
        code: String::new(),
        name: String::new(),
        kinds: kinds(desk, ClusterKind::Cluster),
        members: String::new(),
    }
}

fn typed_form(desk: &Desk, form: &Form) -> ClusterForm {
    let short = |name: &str| form.get(name).chars().take(300).collect();
    ClusterForm {
        year: short("nam"),
        code: short("ma"),
        name: short("ten"),
        kinds: kinds(
            desk,
            ClusterKind::parse(form.get("loai")).unwrap_or(ClusterKind::Cluster),
        ),
        members: form.get("thanh-vien").to_owned(),
    }
}

/// The form of a cluster that is kept.
pub(super) fn kept_form(desk: &Desk, cluster: &ClusterDefinition) -> ClusterForm {
    let line = |member: &Member| {
        let role = desk.say(&format!("emulation-role-word-{}", member.role.name()), &[]);
        format!("{}; {}; {role}", member.code, member.name)
    };
    ClusterForm {
        year: cluster.year.to_string(),
        code: cluster.code.clone(),
        name: cluster.name.clone(),
        kinds: kinds(desk, cluster.kind),
        members: cluster.members.iter().map(line).collect::<Vec<_>>().join("\n"),
    }
}

async fn view(desk: &Desk, year: u16, form: ClusterForm, errors: Vec<String>) -> Result<YearPage, WebError> {
    let clusters = desk.app.store.list_clusters(year).await?;
    let mut years = desk.app.store.list_cluster_years().await?;
    if !years.contains(&year) {
        years.push(year);
        years.sort_unstable_by(|a, b| b.cmp(a));
    }
    Ok(YearPage {
        f: desk.frame(),
        c: desk.side(Section::Emulation),
        year,
        years,
        clusters: clusters.iter().map(|row| line(desk, row)).collect(),
        may_edit: desk.may(Right::RunRounds),
        may_register: desk.may(Right::Export),
        form,
        errors,
    })
}

fn line(desk: &Desk, row: &ClusterRow) -> ClusterLine {
    let own = &row.definition;
    let names = |role: MemberRole| -> String {
        let units = own.members.iter().filter(|member| member.role == role);
        let names: Vec<&str> = units.map(|member| member.name.as_str()).collect();
        if names.is_empty() {
            "–".to_owned()
        } else {
            names.join(", ")
        }
    };
    ClusterLine {
        path: format!("{ROOT}/cum/{}", row.id),
        code: own.code.clone(),
        name: own.name.clone(),
        kind: desk.say(&format!("emulation-kind-{}", own.kind.name()), &[]),
        head: names(MemberRole::Head),
        deputies: names(MemberRole::Deputy),
        units: own.members.len(),
    }
}
