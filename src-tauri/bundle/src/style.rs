//! The record page's look: the colours of the window, quiet on screen and on paper.

/// The style sheet. The page's policy allows this text alone, by its hash.
pub(crate) const CSS: &str = r#"
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #F8F5F6; color: #211D1F; font: 16px/24px "Atkinson Hyperlegible Next", "Segoe UI", system-ui, sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 880px; margin: 0 auto; padding: 40px 56px 56px; background: #FFFFFF; }
.practice { padding: 8px 56px; background: #3F0B27; color: #FFFFFF; font-size: 15px; line-height: 20px; text-align: center; }
header { border-bottom: 2px solid #903062; padding-bottom: 20px; }
.kind { margin: 0 0 4px; color: #903062; font-size: 15px; font-weight: 600; }
h1 { margin: 0; font-size: 28px; line-height: 36px; letter-spacing: -0.015em; overflow-wrap: anywhere; }
.lead { margin: 8px 0 0; color: #423B3F; max-width: 70ch; }
h2 { margin: 28px 0 8px; font-size: 17px; line-height: 24px; break-after: avoid; }
p { margin: 0 0 8px; max-width: 70ch; }
ul { margin: 0; padding-left: 20px; max-width: 70ch; }
dl { display: grid; grid-template-columns: 248px 1fr; gap: 4px 16px; margin: 0; }
dt { color: #655C61; font-size: 15px; }
dd { margin: 0; overflow-wrap: anywhere; }
.id, pre { font-family: "Atkinson Hyperlegible Mono", Consolas, ui-monospace, monospace; font-size: 14px; }
.id { overflow-wrap: anywhere; }
.note { color: #655C61; font-size: 13px; line-height: 20px; }
table { width: 100%; border-collapse: collapse; font-size: 15px; line-height: 20px; }
th { padding: 4px 12px 4px 0; border-bottom: 1px solid #CFC7CB; color: #655C61; font-size: 13px; font-weight: 400; text-align: left; }
td { padding: 8px 12px 8px 0; border-bottom: 1px solid #E4DEE1; vertical-align: top; overflow-wrap: anywhere; }
td .note { display: block; }
th:last-child, td:last-child { padding-right: 0; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
.finding { font-weight: 600; }
.good { color: #036639; }
.bad { color: #9E170C; }
.waiting { color: #3B516E; }
.unknown { color: #655C61; }
.keep { break-after: avoid; }
.mailboxes, .proof { table-layout: fixed; }
.mailboxes th:nth-child(1) { width: 43%; }
.mailboxes th:nth-child(2) { width: 18%; }
.proof th:nth-child(1) { width: 28%; }
.proof th:nth-child(2) { width: 20%; }
.proof th:nth-child(3) { width: 17%; }
.filter { margin: 0 0 8px; padding: 12px 16px; border: 1px solid #E4DEE1; border-radius: 8px; background: #F8F5F6; box-decoration-break: clone; }
.filter > div { break-inside: avoid; }
.sum { display: flex; gap: 12px; margin: 0 0 12px; }
.sum > div { flex: 1; padding: 12px 16px; border: 1px solid #B2D5BD; border-radius: 8px; background: #EFF9F2; color: #036639; }
.sum > div.short { border-color: #F0C5BF; background: #FFF3F1; color: #9E170C; }
.sum strong { display: block; font-size: 24px; line-height: 32px; }
.key { font-size: 24px; line-height: 32px; font-weight: 650; }
pre { margin: 0 0 8px; padding: 12px 16px; border: 1px solid #E4DEE1; border-radius: 8px; background: #F8F5F6; white-space: pre-wrap; overflow-wrap: anywhere; line-height: 20px; }
footer { margin-top: 32px; padding-top: 12px; border-top: 1px solid #E4DEE1; color: #655C61; font-size: 13px; line-height: 20px; }
@media (max-width: 720px) {
  main { padding: 20px; }
  .practice { padding: 8px 20px; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: 8px; }
  .proof th:nth-child(1) { width: 26%; }
  .proof th:nth-child(3) { width: 19%; }
}
@media print {
  @page { margin: 16mm; }
  body, main { background: #FFFFFF; }
  body { font-size: 11pt; line-height: 15pt; }
  main { max-width: none; padding: 12px 0 0; }
  .practice { border: 2px dashed #3F0B27; background: none; color: #3F0B27; font-weight: 600; }
  .sum > div, pre { break-inside: avoid; }
  h2 { margin-top: 18px; }
  td { padding-top: 5px; padding-bottom: 5px; }
  table { font-size: 10pt; line-height: 14pt; }
  pre { font-size: 9pt; line-height: 13pt; }
  th, .note { font-size: 9pt; line-height: 12pt; }
  td .id { font-size: 9pt; }
}
@media (forced-colors: active) { .practice, .sum > div { border: 1px solid; } }
"#;
