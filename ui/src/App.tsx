import { RendererProvider } from "@fluentui/react-components";
import { ArrowLeft20Regular, Beaker20Regular, Navigation20Regular } from "@fluentui/react-icons";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";

import type { Button, Submit, Request, View } from "./bindings/rpc";
import { Page } from "./Page";
import { fetchPages } from "./pages";
import { Act } from "./parts/Act";
import { classes } from "./parts/classes";
import { useWords, useWindow, WindowProvider, type Bridge, type PageForm } from "./parts/context";
import { Brand } from "./parts/Mark";
import { StepRail, Tools } from "./parts/StepRail";
import type { Platform } from "./platform";
import { acts, useArriving, useSingleClicks } from "./guard";
import { useView } from "./session";
import { createSheetRenderer, adoptThemes } from "./sheets";
import { darkTheme, lightTheme } from "./theme";
import styles from "./App.module.css";

function Shell({ view, arriving }: { view: View; arriving: boolean }) {
  const words = useWords();
  const { frame, page } = view;
  const { act, press } = useWindow();
  const [stepsOpen, setStepsOpen] = useState(false);
  const hasRail = frame.connection !== null || frame.steps.length > 0;
  const { back } = frame;

  // Another page closes the steps.
  const [shownKey, setShownKey] = useState(page.key);
  if (shownKey !== page.key) {
    setShownKey(page.key);
    setStepsOpen(false);
  }

  const toSteps = () => {
    setStepsOpen(true);
    requestAnimationFrame(() => {
      const steps = document.getElementById("steps");
      (steps?.querySelector<HTMLElement>("button") ?? steps)?.focus();
    });
  };

  return (
    <div
      className={styles.frame}
      data-frame={hasRail ? "rail" : "header"}
      data-open={stepsOpen || undefined}
      data-revision={view.revision}
      data-arriving={arriving || undefined}
    >
      {hasRail && (
        <button type="button" className="plain skip" onClick={toSteps}>
          {words.skipToSteps}
        </button>
      )}
      <Page view={view} />
      {hasRail ? (
        <>
          <header className={styles.line}>
            {back && (
              <button
                type="button"
                className={classes("plain", styles.back)}
                data-request={back.kind}
                onClick={() => press({ label: words.back, kind: "subtle", request: back, icon: null, fullLabel: null })}
              >
                <ArrowLeft20Regular aria-hidden />
                {words.back}
              </button>
            )}
            {frame.stepLine !== null && <span className={styles.where}>{frame.stepLine}</span>}
            <button
              type="button"
              className={classes("plain", styles.stepsButton)}
              aria-expanded={stepsOpen}
              aria-controls="rail"
              onClick={() => setStepsOpen(!stepsOpen)}
            >
              <Navigation20Regular aria-hidden />
              {words.steps}
            </button>
          </header>
          <StepRail frame={frame} left={() => setStepsOpen(false)} />
        </>
      ) : (
        <header className={styles.header}>
          <Brand className={styles.brand} />
          <Tools presenting={frame.presenting} inRail={false} />
        </header>
      )}
      {frame.practice && (
        <aside className={styles.strip} aria-label={frame.practice.label}>
          <Beaker20Regular aria-hidden />
          <b>{frame.practice.label}</b>
          <span className={styles.note}>{frame.practice.note}</span>
          <Act button={{ ...frame.practice.leave, kind: "link" }} />
        </aside>
      )}
      <Keys presenting={frame.presenting} helping={frame.helping} act={act} close={() => setStepsOpen(false)} />
    </div>
  );
}

/** The keys that work everywhere. */
function Keys({
  presenting,
  helping,
  act,
  close,
}: {
  presenting: boolean;
  helping: boolean;
  act: (request: Request) => void;
  close: () => void;
}) {
  // Before anything is painted: a key that is pressed on what is seen must not meet the keys of the page before.
  useLayoutEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (event.ctrlKey && event.shiftKey && event.key.toLowerCase() === "p") {
        event.preventDefault();
        if (!event.repeat) act({ kind: "set-presenting", on: !presenting });
      } else if (event.key === "F1") {
        event.preventDefault();
        if (!event.repeat) act({ kind: "help" });
      } else if (event.key === "Escape") {
        // Open steps lie over the page and are closed first.
        if (helping && document.querySelector("[data-open]") === null) act({ kind: "help" });
        close();
      }
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  });
  return null;
}

/** Says once that the first page is drawn, with its own face if that is there soon, and fetches the rest. */
function useFirstPaint(platform: Platform, drawn: boolean) {
  useEffect(() => {
    if (!drawn) return;
    let said = false;
    const say = () => {
      if (said) return;
      said = true;
      platform.painted();
      window.setTimeout(fetchPages, 50);
    };
    // A window that is not shown yet gets no animation frames: there, rendered is all that can be waited for.
    const drawnNow = () => (document.hidden ? window.setTimeout(say, 0) : requestAnimationFrame(() => requestAnimationFrame(say)));
    const fonts = document.fonts.ready.then(drawnNow);
    fonts.catch(say);
    const timer = window.setTimeout(say, 150);
    return () => window.clearTimeout(timer);
  }, [platform, drawn]);
}

adoptThemes(document, lightTheme, darkTheme);
const renderer = createSheetRenderer(document);

export function App({ platform }: { platform: Platform }) {
  const view = useView(platform);
  const form = useRef<PageForm>({});

  useEffect(() => {
    if (!view) return;
    document.title = view.title;
    document.documentElement.lang = view.language;
  }, [view]);
  useFirstPaint(platform, view !== null);

  const busy = view?.page.busy ?? null;
  const arriving = useArriving(view?.page.key);
  useSingleClicks();
  const submit = useCallback((submitted: Submit) => platform.submit(submitted), [platform]);
  // What a request is about is the view that it was pressed on: the session does nothing that was planned on another.
  const drawn = view?.revision ?? 0;
  const act = useCallback(
    (request: Request) => {
      form.current.flush?.();
      platform.act(request, drawn);
    },
    [platform, drawn],
  );
  const press = useCallback(
    (button: Button) => {
      // While something is under way, the primary button only shows it.
      if (busy !== null && button.kind === "primary") return;
      // A press that was meant for the page before does nothing on this one.
      if (arriving && acts(button)) return;
      if (button.request.kind !== "submit") {
        act(button.request);
        return;
      }
      const gathered = form.current.gather?.() ?? null;
      if (gathered) platform.submit(gathered);
      else console.error("submit", "the page has no form yet");
    },
    [act, arriving, busy, platform],
  );
  const register = useCallback((registered: PageForm) => {
    form.current = registered;
    return () => {
      if (form.current === registered) form.current = {};
    };
  }, []);
  const problems = view?.page.fieldProblems;
  const words = view?.words;
  const bridge = useMemo<Bridge | null>(
    () => (words ? { press, act, submit, register, problems: problems ?? [], revision: drawn, busy: busy !== null, words } : null),
    [press, act, submit, register, problems, drawn, busy, words],
  );

  return (
    <RendererProvider renderer={renderer}>
      <div className="provider">
        {view && (
          <WindowProvider value={bridge}>
            <Shell view={view} arriving={arriving} />
          </WindowProvider>
        )}
      </div>
    </RendererProvider>
  );
}
