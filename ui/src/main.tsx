import "@fontsource-variable/atkinson-hyperlegible-next/wght.css";
import "@fontsource-variable/atkinson-hyperlegible-mono/wght.css";
import "./styles/tokens.css";
import "./styles/base.css";

import { createRoot } from "react-dom/client";

import { App } from "./App";
import { tauri } from "./platform/tauri";

const root = document.getElementById("root");
if (root) createRoot(root).render(<App platform={tauri} />);
