import { type CanActivate, type ExecutionContext, Injectable, UnauthorizedException } from "@nestjs/common";
import { createVerifier } from "fast-jwt";
import { z } from "zod";
import type { CallerRequest } from "./Caller.ts";

const Claims = z.object({
  tid: z.uuid(),
  sub: z.string().min(1).max(200),
  actor_type: z.string(),
  roles: z.array(z.string()),
});

/** Verifies the bearer token of every request; none is remembered from an earlier one. */
@Injectable()
export class JwtGuard implements CanActivate {
  private readonly verify = createVerifier({
    key: process.env["JWT_SECRET"] ?? "",
    algorithms: ["HS256"],
    allowedIss: "bench",
    allowedAud: "bench-api",
    cache: false,
  });

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<CallerRequest>();
    const [scheme, token] = (request.headers["authorization"] ?? "").split(" ");
    if (scheme !== "Bearer" || token === undefined) throw new UnauthorizedException();
    try {
      const claims = Claims.parse(this.verify(token));
      request.caller = {
        tenantId: claims.tid,
        actorId: claims.sub,
        actorType: claims.actor_type,
        roles: claims.roles,
      };
      return true;
    } catch {
      throw new UnauthorizedException();
    }
  }
}
