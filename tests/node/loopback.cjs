// Makes every server of a Node.js program listen on loopback alone: comunica-sparql-http has no option for it.
// NODE_OPTIONS="--require tests/node/loopback.cjs" comunica-sparql-http ...
"use strict";
const { Server } = require("node:net");

const listen = Server.prototype.listen;
Server.prototype.listen = function (where, ...rest) {
  const address = typeof where === "number" ? { port: where, host: "127.0.0.1" } : where;
  return listen.call(this, address, ...rest);
};
