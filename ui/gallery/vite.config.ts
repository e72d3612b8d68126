import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The gallery is for developers: never part of the program.
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  server: { port: 1421, strictPort: true },
  build: { outDir: "../gallery-dist", emptyOutDir: true, assetsInlineLimit: 0, cssCodeSplit: false, chunkSizeWarningLimit: 1500 },
});
