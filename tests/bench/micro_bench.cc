// What one call of the pure functions on every letter's way costs.
#include <benchmark/benchmark.h>

#include <string>

#include "auth/token.h"
#include "auth/verp_tag.h"
#include "lists/site/config/list_config.h"
#include "mail/address.h"
#include "mail/scan/scan.h"
#include "spool/job/job_head.h"

namespace majlis {
namespace {

void parse_address(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(mail::Address::parse("Some.Body+tag@Mail.Example.ORG"));
}
BENCHMARK(parse_address);

// A multipart message of about as many octets as asked for.
std::string letter_of(std::size_t octets) {
  std::string text =
      "From: a@example.org\r\nTo: cooks@lists.example.org\r\nSubject: bench\r\nMessage-ID: <1@example.org>\r\n"
      "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"frontier\"\r\n\r\n--frontier\r\n\r\n";
  while (text.size() < octets) text += "A line of the letter, as long as lines of letters are.\r\n";
  return text + "\r\n--frontier--\r\n";
}

void scan_letter(benchmark::State& state) {
  const std::string letter = letter_of(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(mail::scan(letter));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(letter.size()));
}
BENCHMARK(scan_letter)->Arg(4 << 10)->Arg(10 << 20);

constexpr UnixTime kNow = 1'800'000'000;

auth::SecretKey a_key() { return {1, {7, 7, 7}}; }

auth::TokenGrant a_grant() { return {"cooks@lists.example.org", "subscribe", "reader@example.net", ""}; }

void make_token(benchmark::State& state) {
  const auth::SecretKey key = a_key();
  for (auto _ : state) benchmark::DoNotOptimize(auth::make_token(key, a_grant(), kNow + auth::kDefaultTokenLife));
}
BENCHMARK(make_token);

void check_token(benchmark::State& state) {
  const auth::SecretKeys keys = {a_key()};
  const std::string token = auth::make_token(keys.front(), a_grant(), kNow + auth::kDefaultTokenLife);
  if (!auth::check_token(keys, token, a_grant(), kNow)) return state.SkipWithError("the token is refused");
  for (auto _ : state) benchmark::DoNotOptimize(auth::check_token(keys, token, a_grant(), kNow));
}
BENCHMARK(check_token);

// One for each copy of a post that has a return address of its own.
void make_verp_tag(benchmark::State& state) {
  const auth::SecretKey key = a_key();
  for (auto _ : state) {
    benchmark::DoNotOptimize(auth::make_verp_tag(key, "cooks@lists.example.org", {auth::VerpKind::post, 7, 20'000}));
  }
}
BENCHMARK(make_verp_tag);

void parse_config(benchmark::State& state) {
  const std::string text = lists::ListConfig().write();
  for (auto _ : state) benchmark::DoNotOptimize(lists::ListConfig::parse(text));
}
BENCHMARK(parse_config);

void encode_job(benchmark::State& state) {
  spool::Job job;
  job.id = "0123456789abcdef0123456789abcdef.0";
  job.created = kNow;
  job.expires = kNow + 5 * 86'400;
  job.list = "cooks@lists.example.org";
  job.sender = "cooks-bounces@lists.example.org";
  job.roster = spool::RosterQuery{job.list, 1};
  job.message = letter_of(4 << 10);
  for (auto _ : state) benchmark::DoNotOptimize(spool::encode_job(job));
}
BENCHMARK(encode_job);

}  // namespace
}  // namespace majlis
