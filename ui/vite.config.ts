import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  clearScreen: false,
  server: { port: 1420, strictPort: true },
  build: {
    // The engines of the webviews: WebView2 and current WebKit.
    target: ["chrome120", "safari16.4"],
    // Everything stays a file of our own, as the content security policy wants it.
    assetsInlineLimit: 0,
    // One sheet, with the parts before the pages that put them together: what a page says of a part holds.
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
});
