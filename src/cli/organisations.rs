//! Who is served: one organisation, or several by one process, each with a folder, settings, data and
//! a bot of its own. They share the process and nothing that is kept.

use std::collections::BTreeMap;
use std::path::Path;

use tokio::net::TcpListener;
use tokio::sync::watch;

use super::house::House;
use super::serve::{Args, bot, service, shown_settings};
use crate::config::{Service, Settings};
use crate::store::Place;
use crate::telegram::Bot;
use crate::words::Lang;
use crate::words::organisations::Unserved;
use crate::words::serve::Refusal;

/// One that is to be served.
pub(super) struct Organisation {
    /// Where there are several.
    name: Option<String>,
    args: Args,
    service: Service,
    bot: Bot,
    pub lang: Lang,
}

impl Organisation {
    /// The only one there is.
    pub fn alone(args: &Args) -> Result<Self, (Refusal, Lang)> {
        let (service, lang) = service(args)?;
        let bot = bot("").map_err(|why| (why, lang))?;
        Ok(Self {
            name: None,
            args: args.clone(),
            service,
            bot,
            lang,
        })
    }

    /// The one called `name`, in `folder`.
    fn named(name: String, folder: &Path) -> Result<Self, (Refusal, Lang)> {
        let args = Args {
            config: Some(folder.join(Settings::FILE)),
            data: folder.to_owned(),
        };
        let whose = |(why, lang)| (of(Some(name.clone()), why), lang);
        let (service, lang) = service(&args).map_err(whose)?;
        let suffix = format!("_{}", name.to_uppercase().replace('-', "_"));
        let bot = bot(&suffix).map_err(|why| whose((why, lang)))?;
        Ok(Self {
            name: Some(name),
            args,
            service,
            bot,
            lang,
        })
    }

    /// It, at the address where it is found from now on.
    pub async fn house(
        mut self,
        stopped: watch::Receiver<bool>,
    ) -> anyhow::Result<Result<House, Refusal>> {
        let listener = match TcpListener::bind(self.service.listen).await {
            Ok(listener) => listener,
            Err(cause) => {
                let why = Refusal::Listen {
                    address: self.service.listen.to_string(),
                    cause: cause.to_string(),
                };
                return Ok(Err(of(self.name, why)));
            }
        };
        // With port 0 only the bound address is one.
        if self.service.url.is_none() {
            self.service.policy.desk_url = format!("http://{}", listener.local_addr()?);
        }
        Ok(Ok(House {
            settings: shown_settings(&self.args, self.lang),
            name: self.name,
            data: self.args.data,
            service: self.service,
            bot: self.bot,
            lang: self.lang,
            listener: listener.into_std()?,
            stopped,
        }))
    }
}

/// Every folder in `folder` that has settings, by name; or why one of them cannot be served.
pub(super) fn organisations(folder: &Path) -> Result<Vec<Organisation>, (Refusal, Lang)> {
    let names = names(folder).map_err(|why| (why, Lang::Zh))?;
    let mut organisations = Vec::with_capacity(names.len());
    let mut places: BTreeMap<String, String> = BTreeMap::new();
    for name in names {
        if !is_name(&name) {
            return Err((Refusal::Several(Unserved::Name { name }), Lang::Zh));
        }
        let organisation = Organisation::named(name.clone(), &folder.join(&name))?;
        let (service, data) = (&organisation.service, &organisation.args.data);
        // One that is none is refused where it is opened.
        if let Ok(place) = Place::of(&service.store, data)
            && let Some(other) = places.insert(place.to_string(), name.clone())
        {
            let at = place.to_string();
            let why = Refusal::Several(Unserved::Shared { other, name, at });
            return Err((why, organisation.lang));
        }
        organisations.push(organisation);
    }
    Ok(organisations)
}

/// Sorted; at least one.
fn names(folder: &Path) -> Result<Vec<String>, Refusal> {
    let path = folder.display().to_string();
    let found = std::fs::read_dir(folder).map_err(|error| {
        Refusal::Several(Unserved::Unopened {
            path: path.clone(),
            cause: error.kind(),
        })
    })?;
    let folders = found.flatten().map(|entry| entry.path());
    let with_settings = folders.filter(|folder| folder.join(Settings::FILE).is_file());
    let mut names: Vec<String> = with_settings
        .filter_map(|folder| Some(folder.file_name()?.to_string_lossy().into_owned()))
        .collect();
    names.sort_unstable();
    if names.is_empty() {
        return Err(Refusal::Several(Unserved::Nobody { path }));
    }
    Ok(names)
}

/// One that the name of a variable can end in, and no other name ends in the same.
fn is_name(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !name.is_empty() && name.chars().all(fits)
}

/// `why`, and where there are several, who it is that cannot be served.
pub(super) fn of(name: Option<String>, why: Refusal) -> Refusal {
    match name {
        Some(name) => Refusal::Of {
            name,
            why: Box::new(why),
        },
        None => why,
    }
}
