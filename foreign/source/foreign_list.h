#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "foreign/source/finding.h"
#include "foreign/source/post_reader.h"

// A list as another system keeps it, in one plain form. Nothing is checked yet but that it could be read; strings are
// UTF-8.
namespace majlis::foreign {

struct Member {
  std::string person;        // "ann@example.org" or "Ann Lee <ann@example.org>", as written
  std::string options = {};  // in the words of member_options(): "digest-mime nomail"
  std::string from = {};     // "cooks:12"
  // Where the system tells them:
  std::uint32_t bounce_score = 0;  // hundredths
  std::string topics = {};         // "menus,news"
  std::string language = {};
};

// What its configuration says, in a dialect of lists/site/config.
struct Config {
  std::string dialect;  // "majordomo" ...
  std::string text;     // "" = there is none
  std::string from;     // the file
  // What is so there where the configuration does not name it: setting and value in our words. Of all others it says
  // nothing.
  std::vector<std::pair<std::string, std::string>> defaults = {};
};

struct Password {
  std::string setting;  // "admin_passwd", "approve_passwd"
  std::string text;     // plain
  std::string from;
};

// An address, or many, that may not come in.
struct Ban {
  std::string written;
  std::string pattern = {};  // of mail/address_pattern.h; "" = none says it
  std::string why = {};      // where there is none, or where it does not say quite the same
};

// A text or a file that goes along, under a name of ours.
struct NamedFile {
  std::string name;   // "info"; of `files` and `posters`: what it is called there
  std::string bytes;  // of `files`: empty, `path` is read when it is carried
  std::string from;
  std::string path = {};
};

// Old posts.
struct Archive {
  std::string from;  // the file's name
  std::function<Result<std::unique_ptr<PostReader>>()> open;
};

// Mailman's archive on the web.
struct Pipermail {
  enum class Volumes { yearly, monthly, quarterly, weekly, daily };
  std::string address = {};  // begins the addresses of its pages; "" = there was none
  Volumes volumes = Volumes::monthly;
};

struct HeldPost {
  std::string message;
  std::string sender;
  std::string subject;
  std::string reason;
  UnixTime since = 0;
  std::string from;
};

struct Request {
  enum class Kind { join, leave } kind = Kind::join;
  Member who;
  UnixTime since = 0;
  std::string from = {};  // what tells it from others of its list: "request 4"
};

struct ForeignList {
  std::string name;
  std::string domain;  // "" = not known
  Config config;
  // Settings of ours that the system keeps elsewhere than in its configuration: name, value, where it stood.
  struct Placed {
    std::string setting;
    std::string value;
    std::string from;
  };
  std::vector<Placed> settings = {};
  std::vector<std::string> owners = {};  // addresses
  std::vector<std::string> moderators = {};
  std::vector<Password> passwords = {};
  std::vector<Member> members = {};
  std::vector<Ban> bans = {};
  std::vector<NamedFile> texts = {};
  std::vector<NamedFile> posters = {};
  std::vector<NamedFile> files = {};
  std::vector<Archive> archives = {};  // in the order of their posts
  Pipermail pipermail = {};            // where they were on the web
  std::vector<HeldPost> held = {};
  std::vector<Request> requests = {};
  std::vector<Finding> findings = {};  // what was understood of it besides, and what was not
  std::vector<Error> unread = {};      // files that the list needs and that could not be read
};

// A list that could not be read.
struct UnreadList {
  std::string name;
  Error error;
};

// What lies at a path.
struct ForeignSite {
  std::vector<ForeignList> lists = {};
  std::vector<Finding> findings = {};  // about no list in particular
  std::vector<UnreadList> unread = {};
};

// What is to be read of it.
struct Wanted {
  std::string list = {};       // names the list where the file does not; of several lists only this one
  std::string aliases = {};    // a further file of aliases, "" = none
  bool folds_digests = false;  // members of NAME-digest are members of NAME with digests
};

}  // namespace majlis::foreign
