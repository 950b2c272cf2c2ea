#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "lists/site/config/list_config.h"
#include "lists/site/list_name.h"
#include "lists/site/list_passwords.h"
#include "lists/site/site.h"

namespace majlis::lists {

// One list, opened for one piece of work: its name, its settings, its password hashes.
class List {
 public:
  // missing when there is no such list; misconfigured, with line numbers, when a person's edit of the file is wrong.
  static Result<List> open(const Site& site, const ListName& name);
  // The same for what replaces the configuration: one that is wrong counts as one where nothing was set.
  static Result<List> open_for_replacement(const Site& site, const ListName& name);
  // As if nothing was set, for what has to go on while a configuration cannot be read. Not for decisions about people.
  static List with_defaults(const Site& site, const ListName& name) {
    return List(name, site.list_directory(name), ListConfig(), ListPasswords());
  }

  const ListName& name() const { return name_; }
  std::string address() const { return name_.address(); }
  const ListConfig& config() const { return config_; }
  const ListPasswords& passwords() const { return passwords_; }
  const std::string& directory() const { return directory_; }

  // "cooks-request@lists.example.org" for role "request".
  std::string role_address(std::string_view role) const {
    return name_.name() + "-" + std::string(role) + "@" + name_.domain();
  }
  // A name or address as a person wrote it, completed by the resend_host setting or the list's own domain.
  std::string with_host(std::string_view written) const;
  // "cooks.lists.example.org" (RFC 2919), from the list_id setting or the name.
  std::string list_id() const;
  std::vector<mail::Address> owners() const;
  // The moderator setting (Majordomo's LIST-approval means the people meant by the others), else moderators, else the
  // owners.
  std::vector<mail::Address> moderators() const;
  // The path of one of the list's files relative to the site.
  std::string file(std::string_view name) const {
    return "lists/" + name_.domain() + "/" + name_.name() + "/" + std::string(name);
  }

  // What a piece of work has decided and not yet published (lists/effects/list_change.h).
  void set_config(ListConfig config) { config_ = std::move(config); }
  void set_passwords(ListPasswords passwords) { passwords_ = std::move(passwords); }

 private:
  List(ListName name, std::string directory, ListConfig config, ListPasswords passwords)
      : name_(std::move(name)),
        directory_(std::move(directory)),
        config_(std::move(config)),
        passwords_(std::move(passwords)) {}

  ListName name_;
  std::string directory_;
  ListConfig config_;
  ListPasswords passwords_;
};

}  // namespace majlis::lists
