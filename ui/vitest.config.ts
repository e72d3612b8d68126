import { defineConfig } from "vitest/config";

// Style sheets are read as they are: a test looks at what they name.
export default defineConfig({ test: { include: ["test/**/*.test.ts"], environment: "node", css: true } });
