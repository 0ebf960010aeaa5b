import { PGlite } from '@electric-sql/pglite';
import { writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { AsyncLocalStorage } from 'node:async_hooks';
export const als = globalThis.__who = new AsyncLocalStorage();
Error.stackTraceLimit = 60;
const rows = new Map(); let n=0, time=0;
const orig = PGlite.prototype.query;
const rec=(text,ms,who)=>{const k=who+'\t'+String(text).replace(/\s+/g,' ').slice(0,260);const r=rows.get(k)??{n:0,ms:0};r.n++;r.ms+=ms;rows.set(k,r);};
const P = Object.getPrototypeOf(PGlite.prototype);
for (const name of ['query','exec']) {
  for (const proto of [P]) {
    const o = proto[name]; if(!o) continue;
    proto[name] = async function(text,...rest){const who=als.getStore()??'?';const t=performance.now();try{return await o.call(this,text,...rest);}finally{rec(text,performance.now()-t,who+' '+name);}};
  }
}
const ot = P.transaction;
P.transaction = function(cb){return ot.call(this, tx=>{const wrap=new Proxy(tx,{get(t,k){const v=Reflect.get(t,k);if((k==='query'||k==='exec')&&typeof v==='function')return async(text,...rest)=>{const who=als.getStore()??'?';const s=performance.now();try{return await v.call(t,text,...rest);}finally{rec(text,performance.now()-s,who+' tx');}};return typeof v==='function'?v.bind(t):v;}});return cb(wrap);});};
process.on('exit',()=>{
 const all=[...rows].map(([k,r])=>({k,...r}));
 const by=new Map();for(const r of all){const w=r.k.split('\t')[0];const b=by.get(w)??{n:0,ms:0};b.n+=r.n;b.ms+=r.ms;by.set(w,b);}
 const out=['BY WHO',...[...by].sort((a,b)=>b[1].n-a[1].n).map(([k,v])=>`${v.n}\t${v.ms.toFixed(0)}ms\t${k}`),'','BY TEXT n',...all.sort((a,b)=>b.n-a.n).slice(0,80).map(r=>`${r.n}\t${r.ms.toFixed(0)}ms\t${(r.ms/r.n).toFixed(2)}\t${r.k}`),'','BY TEXT ms',...all.sort((a,b)=>b.ms-a.ms).slice(0,60).map(r=>`${r.n}\t${r.ms.toFixed(0)}ms\t${(r.ms/r.n).toFixed(2)}\t${r.k}`)];
 writeFileSync('/tmp/year-count.txt',out.join('\n'));
});
