//! Text that is cut off, spills out of its box or lies over other text: what a longer language does to a page.

use crate::Outcome;
use crate::window::Window;

/// What of the open page can't be read whole, each in a few words.
pub async fn cut(window: &Window) -> Outcome<Vec<String>> {
    let found = window.run(LOOK, Vec::new()).await?;
    serde_json::from_value::<Vec<String>>(found).map_err(|error| error.to_string())
}

/// Whether a text may be cut isn't asked: no text of a page may. What only a screen reader says is left out, and what lies
/// under a bar that doesn't scroll is reached by scrolling.
const LOOK: &str = r#"
const found = [];
const few = (text) => text.trim().replace(/\s+/g, " ").slice(0, 60);
const hidden = (element) => {
  if (element.closest(".off-screen, .skip, [hidden]") !== null) return true;
  if (getComputedStyle(element).visibility === "hidden") return true;
  // What has no height at all is left out on purpose where there is little room.
  for (let at = element; at; at = at.parentElement)
    if (getComputedStyle(at).overflowY === "hidden" && at.clientHeight === 0) return true;
  return false;
};
const scrolls = (element) => {
  for (let at = element; at; at = at.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(at);
    if (["auto", "scroll"].some((kind) => kind === overflowX || kind === overflowY)) return at;
  }
  return document.scrollingElement;
};

const texts = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const element = node.parentElement;
  if (node.data.trim() === "" || !element || ["SCRIPT", "STYLE", "OPTION"].includes(element.tagName) || hidden(element)) continue;
  const range = document.createRange();
  range.selectNodeContents(node);
  const boxes = [...range.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
  if (boxes.length > 0) texts.push({ text: few(node.data), element, boxes, within: scrolls(element) });
}

// Cut off: a box that hides what it doesn't hold.
for (const { element, text } of texts) {
  for (let at = element; at && at !== document.body; at = at.parentElement) {
    const style = getComputedStyle(at);
    const cutsX = ["hidden", "clip"].includes(style.overflowX) && at.scrollWidth > at.clientWidth + 1 && at.clientWidth > 0;
    const cutsY = ["hidden", "clip"].includes(style.overflowY) && at.scrollHeight > at.clientHeight + 1 && at.clientHeight > 0;
    if (style.display !== "inline" && (cutsX || cutsY)) found.push(`cut off: ${text}`);
    if (["auto", "scroll"].includes(style.overflowX) || ["auto", "scroll"].includes(style.overflowY)) break;
  }
}

// Spilling: text that reaches over the side of the box that it stands in.
for (const { element, boxes, text } of texts) {
  let box = element;
  while (box && getComputedStyle(box).display.startsWith("inline") && getComputedStyle(box).display === "inline") box = box.parentElement;
  if (!box) continue;
  const { left, right } = box.getBoundingClientRect();
  if (boxes.some((at) => at.right > right + 1.5 || at.left < left - 1.5)) found.push(`spills: ${text}`);
}

// Beside the window: text that no scrolling shows.
for (const { boxes, text } of texts)
  if (boxes.some((at) => at.right > innerWidth + 1 || at.left < -1)) found.push(`beside the window: ${text}`);

// Lying over one another, among what scrolls together.
for (let one = 0; one < texts.length; one += 1)
  for (let other = one + 1; other < texts.length; other += 1) {
    const [a, b] = [texts[one], texts[other]];
    if (a.within !== b.within) continue;
    const overlap = a.boxes.some((p) =>
      b.boxes.some((q) => {
        const wide = Math.min(p.right, q.right) - Math.max(p.left, q.left);
        const high = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
        return wide > 2 && high > Math.min(p.height, q.height) / 2;
      }),
    );
    if (overlap) found.push(`over one another: ${a.text} | ${b.text}`);
  }
return [...new Set(found)].slice(0, 20);
"#;
