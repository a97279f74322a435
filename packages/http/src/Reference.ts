/** The OpenAPI document and the reference page, made when they are first asked for. */
import * as Layer from "effect/Layer";
import type * as Scalar from "effect/http-api/HttpApiScalar";
import type * as OpenApiModule from "effect/http-api/OpenApi";
import { createHash } from "node:crypto";
import { Api } from "./api/Api.ts";

/** The contract as an OpenAPI 3.1 document. */
export const openApiDocument = async (publicUrl: string): Promise<OpenApiModule.OpenAPISpec> => {
  const OpenApi = await import("effect/http-api/OpenApi");
  return { ...OpenApi.fromApi(Api), servers: [{ url: publicUrl }] };
};

/** A page and the content security policy under which it runs. */
export interface Page {
  readonly html: string;
  readonly policy: string;
}

const scalar: Scalar.ScalarConfig = { withDefaultFonts: false, hideModels: false };

/** The reference page, complete in itself: it loads nothing from elsewhere, and its policy allows nothing from elsewhere. */
export const referencePage = async (): Promise<Page> => {
  const [{ layer }, HttpRouter, HttpServer] = await Promise.all([
    import("effect/http-api/HttpApiScalar"),
    import("effect/http/HttpRouter"),
    import("effect/http/HttpServer"),
  ]);
  const { handler, dispose } = HttpRouter.toWebHandler(
    layer(Api, { path: "/docs", scalar }).pipe(Layer.provideMerge(HttpServer.layerServices)),
    { disableLogger: true },
  );
  const html = await (await handler(new Request("http://localhost/docs"))).text();
  await dispose();
  return { html, policy: policyFor(html) };
};

/** Only the scripts that are in the page may run: they are named by their digests. */
const policyFor = (html: string): string => {
  const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, script = ""]) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`,
  );
  return [
    "default-src 'none'",
    `script-src ${scripts.join(" ")}`,
    "style-src 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
};

/** A promise that is made when it is first asked for, and again if it failed. */
export const lazily = <A>(make: () => Promise<A>): (() => Promise<A>) => {
  let made: Promise<A> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
};
