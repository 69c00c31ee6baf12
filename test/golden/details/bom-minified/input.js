// @trace
async function f(x){for await(const a of await x){try{await a}catch{await(0)}}return await x}/*@trace*/function*g(){yield;yield*f();return}