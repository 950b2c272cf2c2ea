#pragma once

#include <gmock/gmock.h>

#include <string>

#include "auth/password.h"
#include "commands/session.h"
#include "lists/site/list_passwords.h"
#include "tests/unit/lists/scratch_list.h"

// Commands as a person mails them, and the answer.
namespace majlis::commands {

constexpr UnixTime kNow = 1'800'000'000;
constexpr const char* kAnn = "ann@example.org";
constexpr const char* kPassword = "rice-and-saffron";

class MailDesk : public lists::ScratchList {
 protected:
  MailDesk() { EXPECT_TRUE(auth::start_crypto().ok()); }

  // A list whose password is kPassword.
  void make_owned_list(const std::string& name, const std::string& config) const {
    static const std::string hash = auth::hash_password(kPassword).value();
    make_list(name, config);
    const std::string path = list(name).directory() + "/passwords";
    ASSERT_TRUE(replace_file(path, lists::ListPasswords({hash, hash}).write(), 0600).ok());
  }

  void add_member(const std::string& address, std::uint32_t flags = 0, const std::string& list = "cooks") const {
    auto state = writer();
    const auto parsed = mail::Address::parse(address).value();
    ASSERT_TRUE(state->add_member(list + "@" + lists::kDomain, {parsed, "", flags, kNow, 0}).ok());
    ASSERT_TRUE(state->commit().ok());
  }
  std::optional<store::Member> member(const std::string& address) const {
    return reader()->find_member(lists::kCooks, *mail::Address::parse(address)).value();
  }

  // The text of the answer to `commands`, mailed by `from` to the site's majordomo; "" when none was sent.
  std::string ask(const std::string& commands, const std::string& from = kAnn,
                  const std::string& to = "majordomo@lists.example.org") {
    std::filesystem::remove_all(site_->directory() + "/spool/new");
    EXPECT_TRUE(make_directory(site_->directory() + "/spool/new", 0700).ok());
    const auto recipient = mail::Address::parse(to).value();
    const lists::Arrival arrival{
        mail::Message::open("From: " + from + "\nTo: " + to + "\nSubject: x\nMessage-ID: <m" +
                            std::to_string(++messages_) + "@example.org>\n\n" + commands + "\n"),
        recipient, std::optional(mail::parse_mailbox(from).value().address), kNow};
    const auto destination = lists::find_destination(*site_, recipient);
    EXPECT_TRUE(run_commands(*site_, destination.value(), arrival).ok()) << commands;
    for (const std::string& job : jobs()) {
      if (job.find("Subject: Majordomo results") != std::string::npos) return text_of(job);
    }
    return "";
  }

 private:
  // What a reader sees of a job's message: line ends are LF, encodings undone.
  static std::string text_of(const std::string& job) {
    const std::size_t head_end = job.find("\n\n");
    std::string text = mail::Message::open(job.substr(head_end + 2)).first_text(kMaxAnswer).value_or("");
    std::erase(text, '\r');
    return text;
  }

  static constexpr std::size_t kMaxAnswer = 1U << 20U;
  unsigned messages_ = 0;
};

}  // namespace majlis::commands
