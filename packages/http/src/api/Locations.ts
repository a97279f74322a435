import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint";
import * as HttpApiGroup from "effect/http-api/HttpApiGroup";
import { about, aboutCommand } from "./About.ts";
import { created } from "./Created.ts";
import { changing, reading } from "./Refusing.ts";
import { createLocation, getLocation, listLocations } from "./UseCases.ts";

/** The sites of a tenant. */
export const Locations = HttpApiGroup.make("locations").add(
  HttpApiEndpoint.post("createLocation", "/locations", {
    payload: createLocation.command,
    success: created(createLocation.answer),
    error: changing(),
  }).annotateMerge(
    aboutCommand("Open a location", "Adds a site. Its time zone decides on which day things happen there.", {
      name: "Riverside",
      timezone: "Africa/Nairobi",
      capacityDefaults: { class: 20 },
    }),
  ),
  HttpApiEndpoint.get("listLocations", "/locations", {
    query: listLocations.command,
    success: listLocations.answer,
    error: reading(),
  }).annotateMerge(about("List locations", "The tenant's sites, oldest first.")),
  HttpApiEndpoint.get("getLocation", "/locations/:locationId", {
    params: getLocation.command,
    success: getLocation.answer,
    error: reading("NotFound"),
  }).annotateMerge(about("Get a location", "One site.")),
);
