#include "lists/members/bounces/bounces.h"

#include <algorithm>

#include "lists/effects/verp.h"
#include "lists/members/bounces/bounce_policy.h"
#include "lists/members/bounces/failures.h"
#include "lists/members/bounces/suspension.h"
#include "lists/rounds/delivery.h"
#include "lists/rounds/timed_work.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;
constexpr UnixTime kNow = 20'000 * kDay + 3'600;
constexpr char kAnn[] = "ann@example.com";
constexpr char kBob[] = "bob@example.net";

std::string dsn(const std::string& groups, const std::string& words = "") {
  return "From: MAILER-DAEMON@mx.example.com\nSubject: Undelivered Mail\nMIME-Version: 1.0\nContent-Type: "
         "multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nIt failed. " +
         words + "\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.com\n\n" + groups +
         "--b--\n";
}
std::string failure_of(const std::string& address, const std::string& status = "5.1.1") {
  return "Final-Recipient: rfc822; " + address + "\nAction: failed\nStatus: " + status + "\n\n";
}
mail::Address address(const std::string& text) { return *mail::Address::parse(text); }

class BouncesOfAList : public ScratchList {
 protected:
  BouncesOfAList() {
    EXPECT_TRUE(auth::start_crypto().ok());
    open_list("");
  }
  void open_list(const std::string& settings) const {
    make_list("cooks", "owner << END\nolga@example.org\nEND\n" + settings);
    make_list("bakers", "owner << END\nolga@example.org\nEND\n");
    auto state = writer();
    for (const char* member : {kAnn, kBob}) {
      ASSERT_TRUE(state->add_member(kCooks, {address(member), "", 0, kNow, 0}).ok());
    }
    ASSERT_TRUE(state->commit().ok());
  }

  std::string tagged(const std::string& member, UnixTime now, auth::VerpKind kind = auth::VerpKind::post,
                     const std::string& list = "cooks") const {
    const store::References references = reader()->references().value();
    const auth::VerpTag tag = tag_for(references, kind, address(member), auth::day_of(now));
    return *sender_with_tag(*site_, list + "@" + kDomain, list + "-bounces@" + kDomain, tag);
  }
  // Verdict and rule.
  std::string receive(const std::string& bytes, const std::string& to, UnixTime now,
                      const std::string& sender = "") const {
    const auto destination = find_destination(*site_, address(to));
    EXPECT_TRUE(destination);
    const Arrival arrival{mail::Message::open(bytes), address(to), mail::ReturnPath::parse(sender), now};
    const Result<Outcome> outcome = receive_returned(*site_, *destination, arrival);
    EXPECT_TRUE(outcome.ok()) << (outcome ? "" : outcome.error().what);
    return outcome ? outcome->verdict + " " + outcome->rule : "";
  }
  std::string bounce(const std::string& member, UnixTime now, const std::string& status = "5.1.1") const {
    return receive(dsn(failure_of(member, status)), tagged(member, now), now);
  }
  // The facts a site has (doc/STORE.md); `complete` is 2 where references are keyed.
  void set_reference_key(std::uint64_t first, std::uint64_t second, std::uint64_t complete = 2) const {
    auto state = writer();
    ASSERT_TRUE(state->set_fact("reference_key_1", first).ok() && state->set_fact("reference_key_2", second).ok());
    ASSERT_TRUE(state->set_fact("references_complete", complete).ok() && state->commit().ok());
  }
  void join(const std::string& who, UnixTime now) const {
    auto state = writer();
    ASSERT_TRUE(state->add_member(kCooks, {address(who), "", 0, now, 0}).ok());
    ASSERT_TRUE(state->commit().ok());
  }
  void resume(const std::string& who, UnixTime now) const {
    auto state = writer();
    const auto member = state->find_member(kCooks, address(who)).value();
    ASSERT_TRUE(resume_delivery(*state, list("cooks"), *member, "member", now).ok());
    ASSERT_TRUE(state->commit().ok());
  }
  std::uint32_t score(const std::string& member) const {
    const auto record = reader()->find_bounces(kCooks, address(member)).value();
    return record ? record->score : 0;
  }
  bool is_suspended(const std::string& member) const {
    const auto found = reader()->find_member(kCooks, address(member)).value();
    return found && (found->flags & store::kMemberSuspended) != 0;
  }
  bool is_member(const std::string& member) const {
    return reader()->find_member(kCooks, address(member)).value().has_value();
  }
  std::size_t letters(const std::string& words) const {
    const auto all = jobs();
    return static_cast<std::size_t>(std::count_if(
        all.begin(), all.end(), [&](const std::string& job) { return job.find(words) != std::string::npos; }));
  }
  std::string letter(const std::string& words) const {
    for (const std::string& job : jobs()) {
      if (job.find(words) != std::string::npos) return job;
    }
    return "";
  }
  void timed(UnixTime now) const { do_timed_work(*site_, timed_work_table(), now, {}); }
  // Five days of failures: the probe goes out on the last.
  UnixTime probe(const std::string& member) const {
    for (int day = 0; day < 5; ++day) EXPECT_EQ(bounce(member, kNow + day * kDay), "bounce counted");
    return kNow + 4 * kDay;
  }
};

TEST_F(BouncesOfAList, OnlyAProbeThatComesBackSuspendsAndOnlySilenceRemoves) {
  const UnixTime probed = probe(kAnn);
  EXPECT_FALSE(is_suspended(kAnn));
  const std::string sent = letter("A test of your address");
  const std::string sender = tagged(kAnn, probed, auth::VerpKind::probe);
  EXPECT_NE(sent.find("\nsender " + sender + "\n"), std::string::npos);
  EXPECT_NE(sent.find("\nto ann@example.com\n"), std::string::npos);

  EXPECT_EQ(receive(dsn(failure_of(kAnn)), sender, probed + kDay), "bounce probe_failed");
  EXPECT_TRUE(is_suspended(kAnn));
  EXPECT_EQ(letters("Subject: cooks: delivery to you is suspended"), 1U);
  for (int day = 1; day <= 14; ++day) timed(probed + kDay + day * kDay);
  EXPECT_EQ(letters("Subject: cooks: delivery to you is suspended"), 3U);
  EXPECT_TRUE(is_member(kAnn));
  for (int day = 15; day <= 21; ++day) timed(probed + kDay + day * kDay);
  EXPECT_FALSE(is_member(kAnn));
  EXPECT_EQ(letters("Subject: cooks: you were removed"), 1U);
  EXPECT_TRUE(is_member(kBob));
}

TEST_F(BouncesOfAList, AProbeThatArrivesChangesNothing) {
  const UnixTime probed = probe(kAnn);
  EXPECT_EQ(score(kAnn), 0U);
  EXPECT_EQ(bounce(kAnn, probed + kDay), "bounce probe_out");
  EXPECT_EQ(bounce(kAnn, probed + 8 * kDay), "bounce counted");
  EXPECT_EQ(score(kAnn), 100U);
  EXPECT_FALSE(is_suspended(kAnn));
}

TEST_F(BouncesOfAList, AProbeRefusedForPolicySuspendsNobody) {
  const UnixTime probed = probe(kAnn);
  const std::string sender = tagged(kAnn, probed, auth::VerpKind::probe);
  EXPECT_EQ(receive(dsn(failure_of(kAnn, "5.7.1")), sender, probed + kDay), "bounce probe_message");
  EXPECT_FALSE(is_suspended(kAnn));
  EXPECT_EQ(receive(dsn(failure_of(kAnn)), sender, probed + 2 * kDay), "bounce no_probe_out");
  EXPECT_FALSE(is_suspended(kAnn));
}

TEST_F(BouncesOfAList, AProbesTagIsWorthNothingWhenNoneIsOut) {
  EXPECT_EQ(receive(dsn(failure_of(kAnn)), tagged(kAnn, kNow, auth::VerpKind::probe), kNow), "bounce no_probe_out");
  EXPECT_EQ(score(kAnn), 0U);
}

TEST_F(BouncesOfAList, WhoComesBackStartsAnew) {
  const UnixTime probed = probe(kAnn);
  const std::string sender = tagged(kAnn, probed, auth::VerpKind::probe);
  receive(dsn(failure_of(kAnn)), sender, probed + kDay);
  ASSERT_TRUE(is_suspended(kAnn));
  resume(kAnn, probed + 2 * kDay);
  EXPECT_FALSE(is_suspended(kAnn));
  EXPECT_EQ(receive(dsn(failure_of(kAnn), "once more"), sender, probed + 3 * kDay), "bounce no_probe_out");
  timed(probed + 60 * kDay);
  EXPECT_TRUE(is_member(kAnn));
  EXPECT_EQ(letters("Subject: cooks: delivery to you is suspended"), 1U);
}

TEST_F(BouncesOfAList, NoReportAboutMailFromBeforeTheReturnCountsHoweverLateItComes) {
  const UnixTime probed = probe(kAnn);
  receive(dsn(failure_of(kAnn)), tagged(kAnn, probed, auth::VerpKind::probe), probed + kDay);
  const UnixTime back = probed + 2 * kDay;
  resume(kAnn, back);
  const std::vector<std::string> old_tags = {tagged(kAnn, kNow), tagged(kAnn, probed), tagged(kAnn, back)};
  for (int day = 0; day < 19; ++day) {
    const UnixTime now = back + day * kDay;
    for (const std::string& tag : old_tags) {
      EXPECT_NE(receive(dsn(failure_of(kAnn), "shown again on day " + std::to_string(day)), tag, now),
                "bounce counted");
    }
    EXPECT_TRUE(note_lost_mail(
                    *site_, {{"j." + std::to_string(day), kCooks, "<m@x>", kAnn, "4.4.7", "expired", back - kDay}}, now)
                    .ok());
  }
  EXPECT_EQ(score(kAnn), 0U);
  EXPECT_EQ(letters("A test of your address"), 1U);
  EXPECT_EQ(bounce(kAnn, back + 19 * kDay), "bounce counted") << "what is sent now counts";
}

TEST_F(BouncesOfAList, WhatIsKeptOfWhoCameBackIsForgottenWithTheLastTagItGuardsAgainst) {
  open_list("bounce_stale_days = 300\n");
  bounce(kAnn, kNow);
  resume(kAnn, kNow + kDay);
  const UnixTime last_day = kNow + kDay + auth::kVerpLife_days * kDay;
  EXPECT_NE(receive(dsn(failure_of(kAnn)), tagged(kAnn, kNow + kDay), last_day), "bounce counted");
  ASSERT_TRUE(keep_house(*site_, last_day, ClockTrust::trusted).ok());
  EXPECT_TRUE(reader()->find_bounces(kCooks, address(kAnn)).value().has_value());
  EXPECT_EQ(receive(dsn(failure_of(kAnn), "later"), tagged(kAnn, kNow + kDay), last_day + kDay), "forward wrong_tag");
  ASSERT_TRUE(keep_house(*site_, last_day + 2 * kDay, ClockTrust::trusted).ok());
  EXPECT_FALSE(reader()->find_bounces(kCooks, address(kAnn)).value().has_value());
}

TEST_F(BouncesOfAList, AProbesTagIsGivenOutOnceADayEvenToWhoLeftAndJoinedAgain) {
  open_list("bounce_threshold = 1\nbounce_warnings = 0\n");
  EXPECT_EQ(bounce(kAnn, kNow), "bounce counted");
  const std::string sender = tagged(kAnn, kNow, auth::VerpKind::probe);
  EXPECT_EQ(receive(dsn(failure_of(kAnn)), sender, kNow), "bounce probe_failed");
  ASSERT_FALSE(is_member(kAnn));
  join(kAnn, kNow + 3'600);
  EXPECT_EQ(receive(dsn(failure_of(kAnn), "again"), tagged(kAnn, kNow), kNow + 7'200), "bounce counted");
  EXPECT_EQ(letters("A test of your address"), 1U);
  EXPECT_EQ(receive(dsn(failure_of(kAnn), "and again"), sender, kNow + 7'300), "bounce no_probe_out");
  EXPECT_TRUE(is_member(kAnn));
  EXPECT_EQ(bounce(kAnn, kNow + kDay), "bounce counted");
  EXPECT_EQ(letters("A test of your address"), 2U) << "tomorrow's tag is another one";
  EXPECT_EQ(receive(dsn(failure_of(kAnn), "once more"), sender, kNow + kDay), "bounce no_probe_out");
}

TEST_F(BouncesOfAList, MailFromBeforeTheMemberJoinedCountsNothing) {
  {
    auto state = writer();
    ASSERT_TRUE(state->remove_member(kCooks, address(kAnn)).ok());
    ASSERT_TRUE(state->commit().ok());
  }
  join(kAnn, kNow + kDay);
  EXPECT_EQ(receive(dsn(failure_of(kAnn)), tagged(kAnn, kNow), kNow + 2 * kDay), "bounce earlier_mail");
  EXPECT_EQ(bounce(kAnn, kNow + 2 * kDay), "bounce counted");
}

TEST_F(BouncesOfAList, WhileTheClockIsDoubtedNothingIsForgotten) {
  bounce(kAnn, kNow);
  resume(kAnn, kNow);
  ASSERT_TRUE(keep_house(*site_, kNow + 60 * kDay, ClockTrust::doubted).ok());
  EXPECT_TRUE(reader()->find_bounces(kCooks, address(kAnn)).value().has_value());
  ASSERT_TRUE(keep_house(*site_, kNow + 60 * kDay, ClockTrust::trusted).ok());
  EXPECT_FALSE(reader()->find_bounces(kCooks, address(kAnn)).value().has_value());
}

TEST_F(BouncesOfAList, ARecordThatWentWithItsMemberDoesNotStopTheHouse) {
  bounce(kAnn, kNow);
  {
    auto state = writer();
    ASSERT_TRUE(state->remove_member(kCooks, address(kAnn)).ok());
    ASSERT_TRUE(state->commit().ok());
  }
  ASSERT_TRUE(keep_house(*site_, kNow, ClockTrust::trusted).ok());
  for (int day = 1; day < 60; ++day) {
    const Status kept = keep_house(*site_, kNow + day * kDay, ClockTrust::trusted);
    ASSERT_TRUE(kept.ok()) << kept.error().what;
  }
}

TEST_F(BouncesOfAList, WhomAReportWithoutProofNamesIsWatchedAndTheOwnerReadsALine) {
  const std::string to = "cooks-bounces@lists.example.org";
  EXPECT_EQ(receive(dsn(failure_of("eve@example.org")), to, kNow), "forward unsigned") << "no member";
  EXPECT_EQ(receive(dsn(failure_of("eve@example.org") + failure_of(kAnn)), to, kNow), "discard watched");
  EXPECT_EQ(receive(dsn(failure_of(kBob, "5.7.1")), to, kNow), "discard watched") << "the letter is blamed";
  EXPECT_EQ(score(kAnn), 0U);
  EXPECT_FALSE(reader()->find_bounces(kCooks, address(kBob)).value().has_value());
  ASSERT_TRUE(reader()->find_bounces(kCooks, address(kAnn)).value().has_value());
  EXPECT_TRUE(is_clean(*reader()->find_bounces(kCooks, address(kAnn)).value()));
  EXPECT_EQ(bounce(kAnn, kNow), "bounce counted") << "the same day, when it comes to a signed address";
  EXPECT_EQ(score(kAnn), 100U);
  EXPECT_EQ(receive(dsn(failure_of(kAnn), "again"), to, kNow + kDay), "discard watched");
  EXPECT_EQ(score(kAnn), 100U) << "whoever is counted stays so";
  timed(kNow + 2 * kDay);
  for (const char* words : {"REPORTED WITHOUT PROOF", "ann@example.com", "REFUSED LETTERS", "bob@example.net"}) {
    EXPECT_NE(letter("report of").find(words), std::string::npos) << words;
  }
}

TEST_F(BouncesOfAList, WhoIsWatchedGetsCopiesOfHisOwnUntilItIsForgotten) {
  receive(dsn(failure_of(kAnn)), "cooks-bounces@lists.example.org", kNow);
  const auth::MemberReference ann = reader()->references()->of(address(kAnn));
  RosterShare her;
  her.watched = {ann};
  {
    Result<Work> work = Work::begin(*site_, "0123456789abcdef", kNow + 60);
    ASSERT_TRUE(send_to_members(*work, list("cooks"), {kCooks, "", {}, true, "<1@x>", "Subject: soup\n\nx\n"}).ok());
    ASSERT_TRUE(work->finish("done").ok());
  }
  const std::string digits = her.words().substr(her.words().rfind(' ') + 1);
  EXPECT_EQ(letters(digits), 2U) << "in the one job, out of the other";
  ASSERT_TRUE(keep_house(*site_, kNow + auth::kVerpLife_days * kDay, ClockTrust::trusted).ok());
  EXPECT_TRUE(reader()->find_bounces(kCooks, address(kAnn)).value().has_value());
  ASSERT_TRUE(keep_house(*site_, kNow + (auth::kVerpLife_days + 2) * kDay, ClockTrust::trusted).ok());
  EXPECT_FALSE(reader()->find_bounces(kCooks, address(kAnn)).value().has_value());
}

TEST_F(BouncesOfAList, ForgedReportsMakeFewWatchedADayAndNobodyWhereNothingIsSigned) {
  std::string crowd;
  {
    auto state = writer();
    for (int i = 0; i < 50; ++i) {
      const std::string who = "member" + std::to_string(i) + "@example.com";
      ASSERT_TRUE(state->add_member(kCooks, {address(who), "", 0, kNow, 0}).ok());
      crowd += failure_of(who);
    }
    ASSERT_TRUE(state->commit().ok());
  }
  EXPECT_EQ(receive(dsn(crowd), "cooks-bounces@lists.example.org", kNow), "discard watched");
  EXPECT_EQ(reader()->bounces_of(kCooks, 100).value().size(), 20U);
  open_list("verp = no\n");
  EXPECT_EQ(receive(dsn(crowd, "again"), "cooks-bounces@lists.example.org", kNow + kDay), "forward unsigned");
}

TEST_F(BouncesOfAList, WhoSetsMailWithoutBeingSuspendedStartsAnewToo) {
  const UnixTime probed = probe(kAnn);
  resume(kAnn, probed + kDay);
  EXPECT_TRUE(is_clean(*reader()->find_bounces(kCooks, address(kAnn)).value()));
  const std::string sender = tagged(kAnn, probed, auth::VerpKind::probe);
  EXPECT_EQ(receive(dsn(failure_of(kAnn)), sender, probed + 2 * kDay), "bounce no_probe_out");
  timed(probed + 10 * kDay);
  EXPECT_EQ(letter("report of").find("BACK"), std::string::npos);
}

TEST_F(BouncesOfAList, ForgedForeignAndExpiredTagsCountNothing) {
  std::string forged = tagged(kAnn, kNow);
  forged[forged.find('+') + 5] = forged[forged.find('+') + 5] == '7' ? '8' : '7';
  EXPECT_EQ(receive(dsn(failure_of(kAnn)), forged, kNow), "forward wrong_tag");
  std::string foreign = tagged(kAnn, kNow, auth::VerpKind::post, "bakers");
  foreign.replace(0, 6, "cooks");
  EXPECT_EQ(receive(dsn(failure_of(kAnn)), foreign, kNow), "forward wrong_tag");
  EXPECT_EQ(receive(dsn(failure_of(kAnn)), tagged(kAnn, kNow), kNow + 30 * kDay), "forward wrong_tag");
  EXPECT_EQ(receive(dsn(failure_of(kAnn)), "cooks-bounces@lists.example.org", kNow), "discard watched");
  EXPECT_EQ(receive(dsn(failure_of(kAnn)), "owner-cooks@lists.example.org", kNow), "discard watched");
  EXPECT_EQ(score(kAnn), 0U);
}

TEST_F(BouncesOfAList, AReportThatComesAgainAndAgainCountsOnce) {
  const std::string to = tagged(kAnn, kNow);
  EXPECT_EQ(receive(dsn(failure_of(kAnn)), to, kNow), "bounce counted");
  EXPECT_EQ(receive(dsn(failure_of(kAnn)), to, kNow), "bounce repeat");
  EXPECT_EQ(receive(dsn(failure_of(kAnn), "again"), to, kNow), "bounce same_day");
  for (int day = 1; day <= auth::kVerpLife_days; ++day) {
    EXPECT_EQ(receive(dsn(failure_of(kAnn), std::to_string(day)), to, kNow + day * kDay), "bounce replayed");
  }
  EXPECT_EQ(score(kAnn), 100U);
  EXPECT_EQ(letters("A test of your address"), 0U);
}

TEST_F(BouncesOfAList, OnlyTheMemberOfTheTagIsCountedWhateverTheReportSays) {
  EXPECT_EQ(receive(dsn(failure_of(kBob) + failure_of("eve@example.org")), tagged(kAnn, kNow), kNow), "bounce counted");
  EXPECT_EQ(score(kBob), 0U);
  EXPECT_EQ(score(kAnn), 100U);
  // A tag quoted in the text is no address that the report came back to.
  EXPECT_EQ(receive(dsn(failure_of(kBob), "<" + tagged(kBob, kNow) + ">"), tagged(kAnn, kNow + kDay), kNow + kDay),
            "bounce counted");
  EXPECT_EQ(score(kBob), 0U);
}

TEST_F(BouncesOfAList, TwoMembersOfOneReferenceAreNeitherCounted) {
  set_reference_key(0x0706050403020100, 0x0F0E0D0C0B0A0908);
  const std::string twins[] = {"m1e7738@example.org", "m1a5a2ea@example.org"};  // by that key
  join(twins[0], kNow);
  EXPECT_EQ(bounce(twins[0], kNow), "bounce counted");
  EXPECT_EQ(score(twins[0]), 100U);
  join(twins[1], kNow);
  EXPECT_EQ(bounce(twins[0], kNow + kDay), "bounce ambiguous");
  EXPECT_EQ(bounce(twins[1], kNow + 2 * kDay), "bounce ambiguous");
  EXPECT_EQ(score(twins[0]), 100U);
  EXPECT_EQ(score(twins[1]), 0U);
}

// As a site of an earlier version comes to this one: members found by references without a key, mail on its way.
TEST_F(BouncesOfAList, ATagFromBeforeReferencesWereKeyedCountsUntilItIsOver) {
  set_reference_key(0, 0, 1);
  const std::string old_member = "old@example.org";
  join(old_member, kNow);
  const std::string old_tag = tagged(old_member, kNow);
  EXPECT_EQ(receive(dsn(failure_of(old_member)), old_tag, kNow), "bounce counted");

  ASSERT_TRUE(keep_house(*site_, kNow, ClockTrust::trusted).ok());
  EXPECT_EQ(reader()->references()->kind, auth::ReferenceKind::keyed);
  const std::string tag_of_before = *sender_with_tag(
      *site_, kCooks, "cooks-bounces@" + std::string(kDomain),
      tag_for({auth::ReferenceKind::unkeyed, {}}, auth::VerpKind::post, address(old_member), auth::day_of(kNow) + 1));
  EXPECT_EQ(receive(dsn(failure_of(old_member), "again"), tag_of_before, kNow + kDay), "bounce counted");
  EXPECT_NE(tagged(old_member, kNow + 2 * kDay), old_tag);
  EXPECT_EQ(bounce(old_member, kNow + 2 * kDay), "bounce counted");
  EXPECT_EQ(score(old_member), 300U);

  const auth::MemberReference unkeyed = reader()->references()->of(address(old_member), auth::ReferenceKind::unkeyed);
  const auto found = [&] {
    return reader()->members_by_reference(kCooks, auth::ReferenceKind::unkeyed, unkeyed, 2)->size();
  };
  ASSERT_TRUE(keep_house(*site_, kNow + (auth::kVerpLife_days + 1) * kDay, ClockTrust::trusted).ok());
  EXPECT_EQ(found(), 1U);
  ASSERT_TRUE(keep_house(*site_, kNow + (auth::kVerpLife_days + 2) * kDay, ClockTrust::trusted).ok());
  EXPECT_EQ(found(), 0U) << "the last tag that leads to it is worth nothing any more";
}

TEST_F(BouncesOfAList, WhoHasLeftIsRecognised) {
  {
    auto state = writer();
    ASSERT_TRUE(state->remove_member(kCooks, address(kAnn)).ok());
    ASSERT_TRUE(state->commit().ok());
  }
  EXPECT_EQ(bounce(kAnn, kNow), "bounce has_left");
}

// T56, T59: a loop that a poster provoked, and a post that a domain's policy refused.
TEST_F(BouncesOfAList, LoopsAndPoliciesAreNotTheMembersFault) {
  EXPECT_EQ(bounce(kAnn, kNow, "5.7.26"), "bounce message");
  EXPECT_EQ(receive(dsn("Final-Recipient: rfc822; ann@example.com\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: "
                        "x-postfix; mail forwarding loop for ann@example.com\n\n"),
                    tagged(kAnn, kNow), kNow),
            "bounce message");
  EXPECT_EQ(bounce(kAnn, kNow, "5.4.6"), "bounce message");
  EXPECT_EQ(score(kAnn), 0U);
}

TEST_F(BouncesOfAList, WordsAboutTheSenderCountForNobody) {
  const auto refused = [&](const std::string& words) {
    const std::string group = "Final-Recipient: rfc822; ann@example.com\nAction: failed\nStatus: 5.1.1\n";
    return receive(dsn(group + "Diagnostic-Code: smtp; " + words + "\n\n"), tagged(kAnn, kNow), kNow);
  };
  EXPECT_EQ(refused("550 5.1.1 Sender address rejected: User unknown"), "bounce message");
  EXPECT_EQ(refused("550 5.1.1 <cooks-bounces@lists.example.org>: User unknown"), "bounce message");
  EXPECT_EQ(refused(std::string(900, 'x') + " 550 5.1.1 invalid DNS MX record"), "bounce message");
  const spool::Failure failure{"j.1", kCooks,  "<m@x>",
                               kAnn,  "5.1.0", "550 5.1.0 Domain of sender address does not exist"};
  const spool::Failure own{"j.2", kCooks,  "<m@x>",
                           kAnn,  "5.1.1", "550 5.1.1 <cooks-bounces+x@lists.example.org> unknown"};
  EXPECT_TRUE(note_lost_mail(*site_, {failure, own}, kNow).ok());
  EXPECT_EQ(score(kAnn), 0U);
}

TEST_F(BouncesOfAList, WarningsAnswersAndConfirmationsCountNothingAndDisturbNobody) {
  EXPECT_EQ(receive(dsn("Final-Recipient: rfc822; ann@example.com\nAction: delayed\nStatus: 4.4.1\n\n"),
                    tagged(kAnn, kNow), kNow),
            "discard delay");
  EXPECT_EQ(receive("From: ann@example.com\nSubject: Out of office\nAuto-Submitted: auto-replied\n\nI am away.\n",
                    tagged(kAnn, kNow), kNow),
            "discard autoreply");
  EXPECT_EQ(receive(dsn("Final-Recipient: rfc822; ann@example.com\nAction: delivered\nStatus: 2.0.0\n\n"),
                    tagged(kAnn, kNow), kNow),
            "discard success");
  EXPECT_TRUE(jobs().empty());
  EXPECT_EQ(score(kAnn), 0U);
}

TEST_F(BouncesOfAList, AReturnAddressIsNoWayToFloodTheOwner) {
  int passed = 0;
  for (int i = 0; i < 40; ++i) {
    const std::string verdict = receive("From: eve@example.org\nSubject: buy " + std::to_string(i) + "\n\nnow\n",
                                        tagged(kAnn, kNow), kNow, "eve@example.org");
    passed += verdict == "forward no_report" ? 1 : 0;
    if (i >= 25) {
      EXPECT_EQ(verdict, "discard too_many");
    }
  }
  EXPECT_EQ(passed, 25);
  EXPECT_EQ(letters("Subject: buy"), 25U);
}

TEST_F(BouncesOfAList, UnsignedReportsCountHalfWhereAllowedInTheStandardFormForMembersOnly) {
  open_list("bounce_unsigned = yes\n");
  const std::string to = "cooks-bounces@lists.example.org";
  EXPECT_EQ(receive(dsn(failure_of(kAnn) + failure_of("eve@example.org")), to, kNow), "bounce counted");
  EXPECT_EQ(score(kAnn), 50U);
  EXPECT_EQ(receive(dsn(failure_of(kAnn), "again"), to, kNow), "bounce same_day");
  EXPECT_EQ(receive(dsn(failure_of("eve@example.org")), to, kNow), "bounce no_member");
  EXPECT_EQ(receive("From: MAILER-DAEMON@x.example\nSubject: failure notice\n\nThe following address failed:\n\n"
                    "<bob@example.net>\n  no such user\n",
                    to, kNow),
            "discard watched");
  EXPECT_EQ(score(kBob), 0U);
}

TEST_F(BouncesOfAList, TheOwnerMayTakeAllOrJustReports) {
  open_list("bounce_processing = no\n");
  EXPECT_EQ(bounce(kAnn, kNow), "forward off");
  EXPECT_EQ(score(kAnn), 0U);
  open_list("bounce_processing = report\nbounce_threshold = 1\n");
  EXPECT_EQ(bounce(kAnn, kNow + kDay), "bounce counted");
  EXPECT_EQ(letters("A test of your address"), 0U);
  timed(kNow + 3 * kDay);
  EXPECT_NE(letter(": report of ").find("LIMIT REACHED"), std::string::npos);
}

TEST_F(BouncesOfAList, TheOwnerHearsOnceADayOfEverything) {
  for (int i = 0; i < 3; ++i) bounce(kAnn, kNow + i * 60);
  bounce(kBob, kNow, "5.7.1");
  EXPECT_TRUE(
      note_lost_mail(*site_, {{"j.1", kCooks, "<m@x>", "carl@example.org", "4.4.7", "expired: timed out"}}, kNow).ok());
  timed(kNow + 3'600);
  EXPECT_EQ(jobs().size(), 0U) << "not before the day is over";
  timed(kNow + kDay);
  ASSERT_EQ(jobs().size(), 1U);
  const std::string report = jobs()[0];
  EXPECT_NE(report.find("\nto olga@example.org\n"), std::string::npos);
  for (const char* words : {"COUNTED", "ann@example.com", "5.1.1", "REFUSED LETTERS", "bob@example.net", "LOST",
                            "carl@example.org", "4.4.7 expired: timed out"}) {
    EXPECT_NE(report.find(words), std::string::npos) << words;
  }
  timed(kNow + 3 * kDay);
  EXPECT_EQ(jobs().size(), 1U) << "nothing new";
}

TEST_F(BouncesOfAList, AMemberRefusedAtDeliveryIsCountedOnceHoweverOftenItIsTold) {
  const std::vector<spool::Failure> failures = {{"j.1", kCooks, "<m@x>", kAnn, "5.1.1", "550 no such user"},
                                                {"j.1", kCooks, "<m@x>", kBob, "5.7.1", "554 spam"}};
  EXPECT_TRUE(note_lost_mail(*site_, failures, kNow).ok());
  EXPECT_TRUE(note_lost_mail(*site_, failures, kNow).ok());
  EXPECT_EQ(score(kAnn), 100U);
  EXPECT_EQ(score(kBob), 0U);
  EXPECT_TRUE(note_lost_mail(*site_, {{"j.1", "gone@lists.example.org", "", kAnn, "5.1.1", ""}}, kNow).ok());
  EXPECT_TRUE(note_lost_mail(*site_, {}, kNow).ok());
}

TEST_F(BouncesOfAList, WhatTheRelayLostIsToldAndNotHeldAgainstTheMember) {
  const spool::Failure failure{"j.1",   kCooks,
                               "<m@x>", kAnn,
                               "4.4.7", "expired, by the relay: connect: refused",
                               kNow,    spool::Failure::Fault::relay};
  EXPECT_TRUE(note_lost_mail(*site_, {failure}, kNow).ok());
  EXPECT_EQ(score(kAnn), 0U);
  timed(kNow + kDay);
  const std::string report = letter("report of");
  EXPECT_EQ(report.find("COUNTED"), std::string::npos);
  for (const char* words : {"LOST", "ann@example.com", "expired, by the relay: connect: refused"}) {
    EXPECT_NE(report.find(words), std::string::npos) << words;
  }
}

TEST_F(BouncesOfAList, AProbeRefusedAtDeliverySuspendsAsWell) {
  const UnixTime probed = probe(kAnn);
  const std::string id = reader()->find_bounces(kCooks, address(kAnn)).value()->probe_id;
  ASSERT_FALSE(id.empty());
  EXPECT_TRUE(note_lost_mail(*site_, {{"p.1", kCooks, id, kAnn, "5.1.1", "550 no such user"}}, probed + 60).ok());
  EXPECT_TRUE(is_suspended(kAnn));
}

TEST_F(BouncesOfAList, SingleNoticesAreSentWhereASettingAsks) {
  open_list(
      "bounce_tell_counted = yes\nbounce_tell_suspended = yes\nbounce_tell_removed = yes\nbounce_threshold = 1\n"
      "bounce_warnings = 1\n");
  bounce(kAnn, kNow);
  EXPECT_EQ(letters("mail to ann@example.com failed"), 1U);
  receive(dsn(failure_of(kAnn)), tagged(kAnn, kNow, auth::VerpKind::probe), kNow);
  EXPECT_EQ(letters("ann@example.com is suspended"), 1U);
  timed(kNow + 7 * kDay);
  EXPECT_EQ(letters("ann@example.com was removed"), 1U);
}

}  // namespace
}  // namespace majlis::lists
