import { ErrorCircle24Filled } from "@fluentui/react-icons";
import { Suspense, useEffect, useId, useRef, useState, type KeyboardEvent } from "react";

import type { View } from "./bindings/rpc";
import { Content } from "./pages";
import { EndsWith } from "./pages/Start";
import { ActionBar } from "./parts/ActionBar";
import { BusyPage, useWaited } from "./parts/busy";
import { classes } from "./parts/classes";
import { useWindow } from "./parts/context";
import { ErrorSummary } from "./parts/ErrorSummary";
import styles from "./Page.module.css";

/** Heading, content and action bar. */
export function Page({ view }: { view: View }) {
  const { page, frame } = view;
  const { press } = useWindow();
  const heading = useRef<HTMLHeadingElement>(null);
  const main = useRef<HTMLElement>(null);
  const scroll = useRef<HTMLDivElement>(null);
  const waited = useWaited(page.busy);
  const [rolesOpen, setRolesOpen] = useState(false);
  const roles = useRef<HTMLDivElement>(null);
  const rolesId = useId();

  useEffect(() => {
    // In a low window the whole scrolls. The heading that has the focus already is not scrolled to by being given it.
    main.current?.scrollTo(0, 0);
    scroll.current?.scrollTo(0, 0);
    heading.current?.focus();
  }, [page.key]);
  useEffect(() => {
    if (rolesOpen) roles.current?.scrollIntoView({ block: "nearest" });
  }, [rolesOpen]);

  const replaced = page.busy?.place === "page" && waited.shown ? page.busy : null;
  const { content } = page;
  const noRoles = content.kind === "start" ? content.noRoles : null;

  // Enter presses the primary button only from a single-line field.
  const onKeyDown = (event: KeyboardEvent) => {
    const { target } = event;
    if (event.key !== "Enter" || event.defaultPrevented || event.nativeEvent.isComposing) return;
    if (!(target instanceof HTMLInputElement) || target.id === "search" || !["text", "password"].includes(target.type)) return;
    const primary = page.actions.find((button) => button.kind === "primary");
    if (primary) press(primary);
  };

  return (
    <main
      ref={main}
      className={styles.main}
      data-page={page.key}
      data-content={content.kind}
      aria-busy={page.busy !== null}
      onKeyDown={onKeyDown}
    >
      <div className={styles.scroll} ref={scroll} data-part="scroll">
        <div className={classes(styles.page, content.kind === "start" && styles.start)}>
          <div className={styles.left}>
            <div className={styles.head}>
              {content.kind === "problem" && <ErrorCircle24Filled aria-hidden />}
              <h1 ref={heading} tabIndex={-1}>
                {page.heading}
              </h1>
            </div>
            {page.lead !== null && <p className={styles.lead}>{page.lead}</p>}
            {replaced && <BusyPage busy={replaced} long={waited.long} />}
            <div className={styles.content} data-part="content" key={page.key} hidden={replaced !== null}>
              {page.fieldProblems.length > 0 && <ErrorSummary problems={page.fieldProblems} />}
              <Suspense fallback={<span data-loading hidden />}>
                <Content content={content} />
              </Suspense>
              {noRoles && (
                <div id={rolesId} ref={roles} className={styles.noRoles} hidden={!rolesOpen}>
                  {noRoles.paragraphs.map((paragraph) => (
                    <p key={paragraph}>{paragraph}</p>
                  ))}
                </div>
              )}
            </div>
          </div>
          {content.kind === "start" && <EndsWith content={content} />}
        </div>
      </div>
      <ActionBar
        page={page}
        waited={waited}
        saved={frame.saved}
        end={
          noRoles && (
            <button
              type="button"
              className="plain link"
              aria-expanded={rolesOpen}
              aria-controls={rolesId}
              onClick={() => setRolesOpen(!rolesOpen)}
            >
              {noRoles.label}
            </button>
          )
        }
      />
      <p className="off-screen" role="status" data-live="announcement">
        {page.announcement}
      </p>
      <p className="off-screen" role="status" data-live="busy">
        {page.busy && waited.shown ? page.busy.words : null}
      </p>
    </main>
  );
}
