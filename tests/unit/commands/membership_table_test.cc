// The whole table of what changes a membership: policy x verb x requester x standing x password, and then policy x verb
// x sender x what is wrong with the token. Every cell is one message that goes through run_commands().
#include <gtest/gtest.h>
#include <stdlib.h>

#include <array>
#include <filesystem>
#include <memory>
#include <optional>

#include "auth/password.h"
#include "base/file.h"
#include "base/text.h"
#include "commands/session.h"
#include "lists/effects/new_site.h"
#include "lists/site/config/list_config.h"
#include "lists/site/list_passwords.h"
#include "store/database.h"

namespace majlis::commands {
namespace {

constexpr const char* kDomain = "lists.example.org";
constexpr const char* kOwner = "olga@example.org";
constexpr const char* kPassword = "rice-and-saffron";
constexpr UnixTime kNow = 1'795'500'000;
constexpr UnixTime kHour = 3600;
constexpr std::array kPolicies = {"open", "closed", "auto", "open+confirm", "closed+confirm", "auto+confirm"};
constexpr std::array kVerbs = {"subscribe", "unsubscribe"};

enum class Approval { none, right, wrong };

struct Letter {
  std::string to;
  std::string text;  // the whole job file
};

class MembershipTable : public ::testing::Test {
 protected:
  MembershipTable() {
    std::string pattern = (std::filesystem::temp_directory_path() / "majlis-table-XXXXXX").string();
    root_ = mkdtemp(pattern.data());
    EXPECT_TRUE(auth::start_crypto().ok());
    lists::SiteConfig config;
    config.domain = kDomain;
    config.postmaster = "postmaster@example.org";
    config.log_file = root_ + "/log";
    EXPECT_TRUE(lists::create_site(root_, config).ok());
    site_ = std::make_unique<lists::Site>(lists::Site::open(root_).value());
  }
  ~MembershipTable() override { std::filesystem::remove_all(root_); }

  lists::ListName name(const std::string& list) const { return lists::ListName::parse(list, kDomain).value(); }

  void make_list(const std::string& list, const char* policy) {
    static const std::string hash = auth::hash_password(kPassword).value();
    lists::ListConfig config;
    ASSERT_TRUE(config.set(lists::Setting::owner, kOwner).ok());
    ASSERT_TRUE(config.set(lists::Setting::subscribe_policy, policy).ok());
    ASSERT_TRUE(config.set(lists::Setting::unsubscribe_policy, policy).ok());
    ASSERT_TRUE(config.set(lists::Setting::challenges_per_day, "10000").ok());
    const std::string directory = site_->list_directory(name(list));
    ASSERT_TRUE(make_directories(directory, 0700).ok());
    ASSERT_TRUE(replace_file(directory + "/config", config.write(), 0600).ok());
    ASSERT_TRUE(replace_file(directory + "/passwords", lists::ListPasswords({hash, hash}).write(), 0600).ok());
  }

  void set_member(const std::string& list, const std::string& address, bool is_member) {
    auto state = store::Writer::open(site_->database_directory(), 1000).value();
    const auto parsed = mail::Address::parse(address).value();
    if (is_member) {
      ASSERT_TRUE(state->add_member(name(list).address(), {parsed, "", 0, kNow, 0}).ok());
    } else {
      ASSERT_TRUE(state->remove_member(name(list).address(), parsed).ok());
    }
    ASSERT_TRUE(state->commit().ok());
  }

  bool is_member(const std::string& list, const std::string& address) const {
    auto state = store::Reader::open(site_->database_directory(), 1000).value();
    return state->find_member(name(list).address(), mail::Address::parse(address).value()).value().has_value();
  }

  // One message; what it caused to be mailed.
  std::vector<Letter> mail_in(const std::string& sender, const std::string& command, UnixTime now = kNow) {
    const std::string bytes = "From: " + sender + "\nTo: majordomo@" + kDomain + "\nSubject: x\nMessage-ID: <m" +
                              std::to_string(++messages_) + "@example.net>\nDate: Tue, 24 Nov 2026 10:00:00 +0000\n\n" +
                              command + "\n";
    const auto to = mail::Address::parse(std::string("majordomo@") + kDomain).value();
    const lists::Arrival arrival{mail::Message::open(bytes), to, mail::Address::parse(sender), now};
    const auto destination = lists::find_destination(*site_, to);
    const Result<lists::Outcome> outcome = run_commands(*site_, destination.value(), arrival);
    EXPECT_TRUE(outcome.ok()) << command;
    return take_letters();
  }

  std::vector<Letter> take_letters() {
    std::vector<Letter> letters;
    const std::string folder = root_ + "/spool/new";
    const std::vector<std::string> files = list_directory(folder).value();
    for (const std::string& file : files) {
      Letter letter{"", read_file(folder + "/" + file, 1'000'000).value()};
      std::string_view rest = letter.text;
      while (const auto line = next_line(rest)) {
        if (!line->starts_with("To: ")) continue;
        letter.to = trim(line->substr(4));
        break;
      }
      letters.push_back(std::move(letter));
      std::filesystem::remove(folder + "/" + file);
    }
    return letters;
  }

  // The token of the challenge among `letters`; "" without one.
  static std::string token_for(const std::vector<Letter>& letters, const std::string& address) {
    for (const Letter& letter : letters) {
      const std::size_t at = letter.to == address ? letter.text.find("\nauth ") : std::string::npos;
      if (at != std::string::npos) return std::string(split_words(letter.text.substr(at, 200))[1]);
    }
    return "";
  }

  static bool asks_owner(const std::vector<Letter>& letters) {
    for (const Letter& letter : letters) {
      if (letter.to == kOwner && letter.text.find("Subject: APPROVE ") != std::string::npos) return true;
    }
    return false;
  }

  std::string challenge(const std::string& list, const std::string& verb, const std::string& address) {
    return token_for(mail_in(address, verb + " " + list + " " + address), address);
  }

  std::string root_;
  std::unique_ptr<lists::Site> site_;
  unsigned messages_ = 0;
};

TEST_F(MembershipTable, WithoutATokenOnlyThePasswordChangesAnything) {
  unsigned person = 0;
  for (const char* policy : kPolicies) {
    for (const std::string verb : kVerbs) {
      const bool joins = verb == "subscribe";
      for (const Approval approval : {Approval::none, Approval::right, Approval::wrong}) {
        // A list of their own: wrong passwords are counted by list.
        const std::string list = "list" + std::to_string(person);
        make_list(list, policy);
        for (const bool self : {true, false}) {
          for (const bool member : {true, false}) {
            const std::string number = std::to_string(person++);
            const std::string address = "person" + number + "@example.com";
            const std::string requester = self ? address : "asker" + number + "@example.net";
            if (member) set_member(list, address, true);
            std::string command = verb + " " + list + " " + address;
            if (approval != Approval::none) {
              command = std::string("approve ") + (approval == Approval::right ? kPassword : "guess") + " " + command;
            }
            const std::vector<Letter> letters = mail_in(requester, command);

            const std::string cell =
                std::string(policy) + ": " + command + (self ? " self" : " other") + (member ? " member" : " stranger");
            const bool wants_change = member != joins;
            const bool is_plain = approval == Approval::none && wants_change;
            const bool to_owner = is_plain && joins && std::string(policy) == "closed";
            EXPECT_EQ(is_member(list, address), approval == Approval::right ? joins : member) << cell;
            EXPECT_EQ(!token_for(letters, address).empty(), is_plain && !to_owner) << cell;
            EXPECT_EQ(asks_owner(letters), to_owner) << cell;
          }
        }
      }
    }
  }
}

enum class Flaw {
  none,
  capitals,  // no flaw: address and token in capital letters
  wrong,
  expired,
  replayed,
  other_list,
  other_verb,
  other_address,
};
constexpr std::array kFlaws = {Flaw::none,     Flaw::capitals,   Flaw::wrong,      Flaw::expired,
                               Flaw::replayed, Flaw::other_list, Flaw::other_verb, Flaw::other_address};

std::string capitals(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

std::string spoilt(std::string token) {
  token[2] = token[2] == 'b' ? 'c' : 'b';
  return token;
}

TEST_F(MembershipTable, ATokenChangesWhatItWasMadeForAndOnce) {
  unsigned person = 0;
  for (const char* policy : kPolicies) {
    // Tokens come from a list that confirms; what they are worth is decided by the policy of the day.
    const std::string list = "list" + std::to_string(person);
    make_list("other", "open+confirm");
    for (const std::string verb : kVerbs) {
      const bool joins = verb == "subscribe";
      const std::string contrary = joins ? "unsubscribe" : "subscribe";
      for (const bool self : {true, false}) {
        for (const Flaw flaw : kFlaws) {
          const std::string number = std::to_string(person++);
          const std::string address = "person" + number + "@example.com";
          const std::string sender = self ? address : "finder" + number + "@example.net";
          make_list(list, "open+confirm");
          set_member(list, address, !joins);
          const std::string token = challenge(list, verb, address);
          ASSERT_FALSE(token.empty()) << policy << " " << verb;
          make_list(list, policy);

          const std::string cell = std::string(policy) + " " + verb + (self ? " self" : " elsewhere") + " flaw " +
                                   std::to_string(static_cast<int>(flaw));
          std::string command = "auth " + token + " " + verb + " " + list + " " + address;
          UnixTime now = kNow;
          bool is_good = false;
          switch (flaw) {
            case Flaw::none: is_good = true; break;
            case Flaw::capitals:
              command = "auth " + capitals(token) + " " + verb + " " + list + " " + capitals(address);
              is_good = true;
              break;
            case Flaw::wrong: command = "auth " + spoilt(token) + " " + verb + " " + list + " " + address; break;
            case Flaw::expired: now += 49 * kHour; break;
            case Flaw::replayed:
              mail_in(sender, command);
              set_member(list, address, !joins);
              break;
            case Flaw::other_list: command = "auth " + token + " " + verb + " other " + address; break;
            case Flaw::other_verb: command = "auth " + token + " " + contrary + " " + list + " " + address; break;
            case Flaw::other_address: command += ".net"; break;
          }
          const std::vector<Letter> letters = mail_in(sender, command, now);

          const bool to_owner = is_good && joins && std::string(policy).starts_with("closed");
          EXPECT_EQ(is_member(list, address), is_good && !to_owner ? joins : !joins) << cell;
          EXPECT_EQ(asks_owner(letters), to_owner) << cell;
          EXPECT_FALSE(is_member("other", address)) << cell;
          EXPECT_FALSE(is_member(list, address + ".net")) << cell;
        }
      }
    }
  }
}

}  // namespace
}  // namespace majlis::commands
