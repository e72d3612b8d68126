import { Button as FluentButton } from "@fluentui/react-components";

import type { Button, Page } from "../bindings/rpc";
import { Act } from "./Act";
import { BusyWords, type Waited } from "./busy";
import { useWindow } from "./context";
import { Turning } from "./Turning";
import { classes } from "./classes";
import styles from "./ActionBar.module.css";

/** The button that was pressed: it keeps its width and its place, and says what it does meanwhile. */
function BusyButton({ button, words }: { button: Button; words: string }) {
  const { press } = useWindow();
  return (
    <FluentButton
      appearance={button.kind === "primary" ? "primary" : "subtle"}
      size="large"
      className={styles.busyButton}
      aria-disabled
      data-request={button.request.kind}
      data-kind={button.kind}
      aria-label={words}
      onClick={() => press(button)}
    >
      <span className={styles.kept} aria-hidden="true">
        {button.label}
      </span>
      <span className={styles.busyButtonOver}>
        <Turning />
        {words}
      </span>
    </FluentButton>
  );
}

/** A button that copies changes its words once it did, and stays the same button under the pointer and the focus. */
const keyOf = (button: Button) => (button.request.kind.startsWith("copy") ? button.request.kind : button.label);

/** One primary button on the text edge, at most two others, what is saved at the end. */
export function ActionBar({ page, waited, saved, end }: { page: Page; waited: Waited; saved: string | null; end?: React.ReactNode }) {
  const { busy } = page;
  const turning = busy !== null && busy.place === "bar" && waited.shown;
  // What changes something doesn't stand where the button of the page before stood: what it means comes first.
  const leads = page.actions.some((button) => button.request.kind === "commit") && page.actionNote !== null;
  return (
    <div
      // Between two buttons and the edge there is no room for what is under way: it takes the place of the note.
      className={classes(styles.bar, leads && page.actions.length > 1 && styles.full)}
      data-part="bar"
    >
      {leads && (
        <span className={classes("hint", styles.leading)}>
          <span className={styles.note}>{page.actionNote}</span>
          {/* In a narrow bar what is under way stands in the note's place: beside the button there is no room for it. */}
          {turning && (
            <span className={classes(styles.over, styles.narrow)}>
              <BusyWords busy={busy} long={waited.long} />
            </span>
          )}
        </span>
      )}
      {page.actions.map((button, at) =>
        turning && busy.button?.at === at ? (
          <BusyButton key={keyOf(button)} button={button} words={busy.button.words} />
        ) : (
          <Act key={keyOf(button)} button={button} large resting={turning && !button.request.kind.startsWith("copy")} />
        ),
      )}
      {turning && busy.cancel && <Act button={busy.cancel} large />}
      {turning ? (
        // The note keeps its place unseen, so that the bar is as high as before and nothing moves under the pointer.
        <span className={classes("hint", styles.busyHint)}>
          <span className={styles.kept} aria-hidden="true">
            {leads ? null : page.actionNote}
          </span>
          <span className={styles.over}>
            <BusyWords busy={busy} long={waited.long} />
          </span>
        </span>
      ) : (
        !leads && page.actionNote !== null && <span className="hint">{page.actionNote}</span>
      )}
      {/* How far something is needs the room more than when it was saved last. */}
      {saved !== null && !(turning && busy.progress !== null) && <span className={styles.saved}>{saved}</span>}
      {end}
    </div>
  );
}
