//! Any of the platforms in the real window, one part at a time: each page that it leads over, the proof and the file.

use journeys::tour::{self, Tour};
use journeys::window::Window;
use serde_json::Value;

use super::certificate::{to_the_plan, until_proven};
use super::renewal::take;
use super::{at_rest, settled, window_speaking};

/// More pages than any platform leads over.
const MOST_PAGES: usize = 20;

/// Without a name it is one that opens mailboxes as a mail program does, whose pages no other part of the tour sees.
#[tokio::test]
async fn a_platform_in_the_real_window() {
    let platform = tour::platform().unwrap_or_else(|| "logicaldoc".into());
    let drive = async |tour: &mut Tour, dark: bool, language: Option<String>, zoomed: bool| {
        handed_over(&platform, tour, dark, language, zoomed).await;
    };
    super::seen_in_each(&platform, drive).await;
}

async fn handed_over(platform: &str, tour: &mut Tour, dark: bool, language: Option<String>, zoomed: bool) {
    let data = tempfile::tempdir().unwrap();
    let window = window_speaking(data.path(), dark, language).await;
    to_the_plan(&window, platform, Some((&mut *tour, zoomed))).await;
    take(&window, tour, "70-plan", zoomed).await;
    switched_on(&window, tour, zoomed).await;
    window
        .press_at("[data-part=bar] [data-request=go-to]")
        .await
        .unwrap();
    let mut before = settled(&window, "app").await;
    for number in 71..71 + MOST_PAGES {
        window.press_primary().await.unwrap();
        let left = before["page"]["key"].clone();
        let view = at_rest(&window, "that comes next", |key| left != key).await;
        let key = view["page"]["key"].as_str().unwrap().to_owned();
        if key == "verify" {
            take(&window, tour, &format!("{number}-verify-waits"), zoomed).await;
            until_proven(&window).await;
        }
        take(&window, tour, &format!("{number}-{key}"), zoomed).await;
        if key == "exported" {
            return;
        }
        before = view;
    }
    panic!("{platform} isn't handed over after {MOST_PAGES} pages");
}

/// Where a protocol is switched off for a mailbox, the plan asks about it.
async fn switched_on(window: &Window, tour: &mut Tour, zoomed: bool) {
    let asked = offered(&window.view().await.unwrap()).is_some();
    if asked {
        look_at_it(window, tour, "70-plan-asks", zoomed).await;
    }
    while let Some(label) = offered(&window.view().await.unwrap()) {
        window.press(&label).await.unwrap();
        let answered = |view: &Value| offered(view).as_ref() != Some(&label);
        window.wait_for("the answer", answered).await.unwrap();
    }
    if asked {
        look_at_it(window, tour, "70-plan-switches-on", zoomed).await;
    }
}

/// A picture of the part that asks, which lies below the others.
async fn look_at_it(window: &Window, tour: &mut Tour, name: &str, zoomed: bool) {
    const TO_THE_PART: &str = "document.querySelector('[data-plan-part=protocols]').scrollIntoView()";
    for (factor, name) in [(1.0, name.to_owned()), (2.0, format!("{name}-zoom-200"))] {
        if factor > 1.0 && !zoomed {
            break;
        }
        window.zoom(factor).await.unwrap();
        window.run(TO_THE_PART, Vec::new()).await.unwrap();
        tour.take(window, &name).await.unwrap();
        window.zoom(1.0).await.unwrap();
    }
}

/// What the first button says that would have a protocol switched on.
fn offered(view: &Value) -> Option<String> {
    let parts = view["page"]["content"]["plan"]["parts"].as_array()?;
    let messages = parts.iter().filter_map(|part| part["messages"].as_array());
    let mut actions = messages.flatten().map(|message| &message["action"]);
    let asks =
        |action: &&Value| action["request"]["kind"] == "switch-protocol" && action["request"]["on"] == true;
    Some(actions.find(asks)?["label"].as_str()?.to_owned())
}
