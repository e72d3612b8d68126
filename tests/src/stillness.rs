//! A window that stands still, which is when it may be measured.
//!
//! A page that fades in has other colours than the reader gets, one whose letters are still being fetched has other
//! widths, and one that shows the view before last has other words. What is measured meanwhile is wrong now and then,
//! on a busy machine more often. So nothing is measured before the window stands still, and what was measured counts
//! only if it still stands there as before.

use fantoccini::Client;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::Outcome;

/// What the window looked like while it stood still: two such moments are equal if nothing in it has changed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Moment {
    /// The number of the view that is drawn.
    revision: u64,
    /// A digest of where everything stands, of its colours and its words.
    looks: String,
}

/// What a look at the window finds.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Look {
    /// It stands still.
    Still(Moment),
    /// It moves, and this is how one sees it.
    Moving(String),
}

/// Looks at the window over two frames. `Err` says what still moves.
///
/// `view` is what the wizard shows by now, and `dark` how its desktop is. Where something is under way, the window
/// stands still once it says so; what turns without an end while it does is left out of the comparison.
pub async fn look(client: &Client, view: &Value, dark: bool) -> Outcome<Moment> {
    let wanted = json!({
        "dark": dark,
        "revision": view["revision"],
        "busy": view["page"]["busy"]["words"],
    });
    let seen = client
        .execute_async(LOOK, vec![wanted])
        .await
        .map_err(|error| format!("a look at the window: {error}"))?;
    match serde_json::from_value(seen) {
        Ok(Look::Still(moment)) => Ok(moment),
        Ok(Look::Moving(reason)) => Err(reason),
        Err(error) => Err(format!("a look at the window: {error}")),
    }
}

/// Everything is asked before the frames and after them, because any of it can begin at any time.
const LOOK: &str = r#"
const [wanted, done] = arguments;
const endless = (motion) => motion.effect?.getComputedTiming().endTime === Infinity;
const motions = () => document.getAnimations();

const moves = () => {
  if (document.readyState !== "complete") return "the page is being loaded";
  if (document.fonts.status !== "loaded") return "letters are being fetched";
  if (matchMedia("(prefers-color-scheme: dark)").matches !== wanted.dark) return "the theme is not the desktop's yet";
  const frame = document.querySelector("[data-revision]");
  if (!frame) return "no view is drawn";
  if (Number(frame.dataset.revision) !== wanted.revision)
    return `view ${frame.dataset.revision} is drawn, and ${wanted.revision} is the last`;
  if (document.querySelector("[data-loading]")) return "the page's content is being fetched";
  if (document.querySelector("[data-arriving]")) return "the page takes no presses yet";
  const busy = document.querySelector("main")?.getAttribute("aria-busy") === "true";
  if (busy !== (wanted.busy !== null)) return "what is under way has just changed";
  if (busy && document.querySelector("[data-live=busy]")?.textContent !== wanted.busy)
    return "what is under way is not said yet";
  const moving = motions().filter((motion) => !endless(motion) && motion.playState !== "finished");
  if (moving.length > 0) return `${moving.length} animations run`;
  if (!busy && motions().some(endless)) return "something turns, and nothing is under way";
  return null;
};

const looks = () => {
  const turning = new Set(motions().filter(endless).map((motion) => motion.effect?.target));
  const seen = [innerWidth, innerHeight, devicePixelRatio, scrollX, scrollY, document.title];
  const walk = (element) => {
    if (turning.has(element)) return;
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    seen.push(
      element.tagName, box.x, box.y, box.width, box.height, element.scrollLeft, element.scrollTop,
      style.color, style.backgroundColor, style.borderTopColor, style.outlineColor, style.outlineStyle,
      style.opacity, style.visibility, style.transform, style.fontFamily, style.boxShadow,
      element.value ?? "", element.checked ?? "", element.disabled ?? "", element === document.activeElement,
    );
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) seen.push(node.data);
      else if (node.nodeType === Node.ELEMENT_NODE) walk(node);
    }
  };
  walk(document.body);
  return seen.join("\n");
};

/* 64 bits are enough to tell two moments apart, and what is typed in a field stays in the page. */
const digest = (text) => {
  let [one, other] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    one = Math.imul(one ^ code, 2654435761);
    other = Math.imul(other ^ code, 1597334677);
  }
  return (one >>> 0).toString(16) + (other >>> 0).toString(16);
};

const twoFrames = () => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));

(async () => {
  const before = moves();
  if (before) return { moving: before };
  const first = looks();
  await twoFrames();
  const after = moves();
  if (after) return { moving: after };
  const second = looks();
  if (first !== second) return { moving: "two frames differ" };
  return { still: { revision: wanted.revision, looks: digest(second) } };
})().then(done, (error) => done({ moving: String(error) }));
"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_is_read() {
        let still = json!({ "still": { "revision": 3, "looks": "ab" } });
        assert!(matches!(serde_json::from_value(still), Ok(Look::Still(moment)) if moment.revision == 3));
        let moving = json!({ "moving": "2 animations run" });
        assert!(
            matches!(serde_json::from_value(moving), Ok(Look::Moving(reason)) if reason.starts_with('2'))
        );
    }
}
