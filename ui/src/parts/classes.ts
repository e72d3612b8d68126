/** The classes of an element; what is false or missing is left out. */
export const classes = (...names: (string | false | undefined)[]): string | undefined => names.filter(Boolean).join(" ") || undefined;
