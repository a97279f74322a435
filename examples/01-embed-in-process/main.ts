/** The same story twice, in one process: by promises, and with Effect. Run it: `node examples/01-embed-in-process/main.ts` */
console.log("With promises");
await import("./promise.ts");
console.log("\nWith Effect");
await import("./effect.ts");
