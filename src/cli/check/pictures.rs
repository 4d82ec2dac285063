//! `--picture`: the coverage map, drawn.

use std::path::{Path, PathBuf};

use super::args::Args;
use super::judge::Checked;
use crate::clock::Clock;
use crate::config::{self, Settings};
use crate::coverage::coverage_map;
use crate::picture::{Pictures, Svg, coverage_pictures};
use crate::time::{Moment, Zone};
use crate::words::{Lang, check::Refusal, picture::View};

/// Which picture is to be drawn, and where it goes.
pub(super) struct PictureWish {
    path: PathBuf,
    form: PictureForm,
    now: Moment,
    font: Option<PathBuf>,
}

#[derive(Clone, Copy)]
enum PictureForm {
    Png,
    Svg,
}

impl PictureWish {
    /// `None` where none is asked for.
    pub fn of(args: &Args, settings: &Settings, zone: Zone) -> Result<Option<Self>, Refusal> {
        let Some(path) = args.picture.clone() else {
            return Ok(None);
        };
        let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
        let form = match extension.to_str() {
            Some("png") => PictureForm::Png,
            Some("svg") => PictureForm::Svg,
            _ => {
                let path = path.display().to_string();
                return Err(Refusal::NotAPicture { path });
            }
        };
        let now = match &args.now {
            None => Clock::start().now(),
            Some(text) => {
                let civil = config::local_time(text);
                let civil = civil.ok_or_else(|| Refusal::NotALocalTime { text: text.clone() })?;
                zone.moment(civil)
            }
        };
        let font = settings.picture.font.as_ref();
        Ok(Some(Self {
            path,
            form,
            now,
            font: font.map(|font| settings.folder.join(font)),
        }))
    }
}

/// Writes the picture, and further ones beside it where one does not hold all marks.
pub(super) fn write(wish: &PictureWish, checked: &Checked, lang: Lang) -> Result<(), Refusal> {
    let demand = &checked.demand;
    let map = coverage_map(&checked.roster, demand, &checked.holes, Some(wish.now));
    let view = View {
        lang,
        zone: checked.zone,
        period: demand.period,
        now: Some(wish.now),
    };
    let pictures = coverage_pictures(&map, None, &view, font(wish)?);
    for (number, page) in (1..).zip(&pictures.pages) {
        let path = numbered(&wish.path, number);
        let written = bytes(wish.form, &pictures, page);
        written
            .and_then(|bytes| std::fs::write(&path, bytes).map_err(|error| error.to_string()))
            .map_err(|cause| Refusal::CannotWrite {
                path: path.display().to_string(),
                cause,
            })?;
    }
    let undrawn = pictures.undrawn();
    if !undrawn.is_empty() {
        eprintln!(
            "zaigang: {}",
            crate::words::picture::undrawn(&undrawn, &view)
        );
    }
    Ok(())
}

fn font(wish: &PictureWish) -> Result<Option<Vec<u8>>, Refusal> {
    let Some(path) = &wish.font else {
        return Ok(None);
    };
    let bytes = std::fs::read(path).map_err(|cause| Refusal::CannotOpen {
        path: path.display().to_string(),
        cause: cause.kind(),
    })?;
    Ok(Some(bytes))
}

fn bytes(form: PictureForm, pictures: &Pictures, page: &Svg) -> Result<Vec<u8>, String> {
    match form {
        PictureForm::Svg => Ok(page.file().into_bytes()),
        PictureForm::Png => pictures.png(page).map_err(|error| error.to_string()),
    }
}

/// `out.png`, `out-2.png`.
fn numbered(path: &Path, number: u32) -> PathBuf {
    if number == 1 {
        return path.to_owned();
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{stem}-{number}.{extension}"))
}
