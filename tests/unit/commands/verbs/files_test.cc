#include "lists/posts/archive/archive_index.h"
#include "mail/part_text.h"
#include "tests/unit/commands/mail_desk.h"

namespace majlis::commands {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kShareUsed = "**** get: you have had as many files, or as large ones, as are sent to one\n";

class Files : public MailDesk {
 protected:
  Files() {
    make_list("cooks", "get_access = open\nindex_access = open\n");
    const std::string folder = list("cooks").directory() + "/files";
    EXPECT_TRUE(make_directory(folder, 0700).ok());
    EXPECT_TRUE(replace_file(folder + "/soup.txt", "hot\n", 0600).ok());
  }
};

TEST_F(Files, AreListedWithTheirSizes) {
  EXPECT_THAT(ask("index cooks"), HasSubstr("Files of list 'cooks', with their sizes in octets:\n\n"));
  std::string row = "  soup.txt";
  row.resize(40, ' ');
  EXPECT_THAT(ask("index cooks"), HasSubstr(row + "4\n"));
}

TEST_F(Files, OneIsSentInAMessageOfItsOwn) {
  EXPECT_THAT(ask("get cooks soup.txt"),
              HasSubstr("List 'cooks' file 'soup.txt'\nis being sent as a separate message.\n"));
  ASSERT_EQ(jobs().size(), 2U);
  std::vector<std::string> files;
  for (const std::string& job : jobs()) {
    if (job.find("soup.txt") != std::string::npos && job.find("Content-Disposition: attachment") != std::string::npos)
      files.push_back(job);
  }
  ASSERT_EQ(files.size(), 1U);
  EXPECT_THAT(files.front(), HasSubstr("To: ann@example.org\r\n"));
  const mail::Message message = mail::Message::open(files.front().substr(files.front().find("\n\n") + 2));
  EXPECT_EQ(mail::text_of(message.bytes(), message.scan().parts.back()), "hot\n");
}

TEST_F(Files, NothingOutsideOfTheFolderIsOne) {
  for (const char* name : {"../config", "/etc/passwd", "..", ".", "../files/soup.txt"}) {
    EXPECT_THAT(ask(std::string("get cooks ") + name), Not(HasSubstr("is being sent"))) << name;
    EXPECT_EQ(jobs().size(), 1U) << name;
  }
}

TEST_F(Files, OneThatIsNotThereOrNotNamedIsSaid) {
  EXPECT_THAT(ask("get cooks stew.txt"), HasSubstr("**** get: invalid file 'stew.txt' for list 'cooks'.\n"));
  EXPECT_THAT(ask("get cooks"), HasSubstr("**** get: which file?\n"));
}

TEST_F(Files, OfAClosedListAreDisabled) {
  make_list("cooks", "get_access = closed\nindex_access = closed\n");
  EXPECT_THAT(ask("index cooks"), HasSubstr("**** Command disabled.\n"));
  EXPECT_THAT(ask("get cooks soup.txt"), HasSubstr("**** Command disabled.\n"));
  EXPECT_EQ(jobs().size(), 1U);
}

TEST_F(Files, OfAPrivateListAreForItsMembers) {
  make_list("cooks", "get_access = list\nindex_access = list\n");
  EXPECT_THAT(ask("index cooks"), HasSubstr("**** List 'cooks' is a private list.\n"
                                            "**** Only members of the list can do an 'index'.\n"
                                            "**** You aren't a member of list 'cooks'.\n"));
  EXPECT_THAT(ask("get cooks soup.txt"), HasSubstr("**** Only members of the list can do a 'get'.\n"));
  EXPECT_EQ(jobs().size(), 1U);
  add_member(kAnn);
  EXPECT_THAT(ask("index cooks"), HasSubstr("soup.txt"));
}

TEST_F(Files, WhatIsNoFilesNameIsRefusedAndNotShown) {
  EXPECT_THAT(ask("get cooks ../config.txt"), HasSubstr("**** get: invalid file '../config.txt' for list 'cooks'.\n"));
  const std::string answer = ask("get cooks rice-and-saffron");
  EXPECT_THAT(answer, HasSubstr("**** get: invalid file '***' for list 'cooks'.\n"));
  EXPECT_THAT(answer, Not(HasSubstr("saffron")));
}

TEST_F(Files, ListingAndSendingAreAllowedApart) {
  make_list("cooks", "get_access = open\nindex_access = closed\n");
  EXPECT_THAT(ask("index cooks"), Not(HasSubstr("soup.txt")));
  EXPECT_THAT(ask("get cooks soup.txt"), HasSubstr("is being sent"));
  make_list("cooks", "get_access = closed\nindex_access = open\n");
  EXPECT_THAT(ask("index cooks"), HasSubstr("soup.txt"));
  EXPECT_THAT(ask("get cooks soup.txt"), Not(HasSubstr("is being sent")));
}

TEST_F(Files, OfAnArchiveAreListedWithTheirPosts) {
  auto state = writer();
  ASSERT_TRUE(make_directory(list("cooks").directory() + "/archive", 0700).ok());
  const std::string box = "From ann@example.org Sat Nov 28 10:00:00 2026\nFrom: ann@example.org\n\nhot\n\n";
  const std::string month = list("cooks").directory() + "/archive/2026-11";
  ASSERT_TRUE(replace_file(month + ".mbox", box, 0600).ok());
  ASSERT_TRUE(lists::extend_index(month + ".mbox", month + ".idx", box.size(), box.size()).ok());
  ASSERT_TRUE(state->set_archive_octets(lists::kCooks, "2026-11", box.size()).ok());
  ASSERT_TRUE(state->commit().ok());
  state.reset();
  const std::string answer = ask("index cooks");
  EXPECT_THAT(answer, HasSubstr(" 1 post\n"));
  EXPECT_THAT(answer, HasSubstr("'get cooks MONTH.idx' sends a list of them.\n"));
}

TEST_F(Files, MoreThanHalfOfWhatTheSiteTakesIsNotSent) {
  const std::string large(static_cast<std::size_t>(site_->config().max_message_octets) / 2 + 1, 'x');
  ASSERT_TRUE(replace_file(list("cooks").directory() + "/files/large.txt", large, 0600).ok());
  EXPECT_THAT(ask("get cooks large.txt"), HasSubstr("**** get: 'large.txt' has 5120001 octets; not more than 5120000"));
  EXPECT_EQ(jobs().size(), 1U);
}

TEST_F(Files, AnAddressGetsItsShareOfADayUnlessThePasswordWasGiven) {
  make_owned_list("cooks", "get_access = open\n");
  std::string many;
  for (std::int64_t i = 0; i < site_->config().replies_per_day; ++i) many += "get cooks soup.txt\n";
  EXPECT_THAT(ask(many), Not(HasSubstr("as are sent to one")));
  for (const char* same : {kAnn, "ann+1@example.org", "ANN+1+2@EXAMPLE.org"}) {
    EXPECT_THAT(ask("get cooks soup.txt", same), HasSubstr(kShareUsed)) << same;
  }
  EXPECT_THAT(ask(std::string("approve ") + kPassword + " get cooks soup.txt"), HasSubstr("is being sent"));
}

TEST_F(Files, AreCountedByTheirOctetsToo) {
  configure_site([](lists::SiteConfig& site) { site.file_octets_per_day = 2500; });
  make_owned_list("cooks", "get_access = open\n");
  ASSERT_TRUE(replace_file(list("cooks").directory() + "/files/stew.txt", std::string(1000, 'x') + "\n", 0600).ok());
  EXPECT_THAT(ask("get cooks stew.txt\nget cooks stew.txt"), Not(HasSubstr("as are sent to one")));
  EXPECT_THAT(ask("get cooks stew.txt", "ann+1@example.org"), HasSubstr(kShareUsed));
  EXPECT_EQ(jobs().size(), 1U) << "the answer, and no file";
  EXPECT_THAT(ask("get cooks soup.txt"), HasSubstr("is being sent")) << "what was refused took nothing";
  EXPECT_THAT(ask("get cooks stew.txt", "bob@example.org"), HasSubstr("is being sent"));
  EXPECT_THAT(ask(std::string("approve ") + kPassword + " get cooks stew.txt"), HasSubstr("is being sent"));
}

TEST_F(Files, OfTheWholeSiteHaveACeilingOfWhichThePostmasterHears) {
  configure_site([](lists::SiteConfig& site) { site.site_file_octets_per_day = 1024; });
  ASSERT_TRUE(replace_file(list("cooks").directory() + "/files/stew.txt", std::string(1020, 'x'), 0600).ok());
  EXPECT_THAT(ask("get cooks stew.txt"), HasSubstr("is being sent"));
  const char* const kUsedUp = "**** get: as much as this site mails of files in a day was mailed.";
  EXPECT_THAT(ask("get cooks stew.txt", "bob@example.org"), HasSubstr(kUsedUp));
  ASSERT_EQ(jobs().size(), 2U);
  EXPECT_THAT(jobs(), testing::Contains(HasSubstr("(site_file_octets_per_day in")));
  EXPECT_THAT(jobs(), testing::Contains(HasSubstr("to postmaster@example.org")));
  EXPECT_THAT(ask("get cooks stew.txt", "eve@example.org"), HasSubstr(kUsedUp));
  EXPECT_EQ(jobs().size(), 1U) << "the postmaster has heard of it today";
  EXPECT_THAT(ask("get cooks soup.txt", "eve@example.org"), HasSubstr("is being sent"));
}

}  // namespace
}  // namespace majlis::commands
